/* For the trial under wine only, never packed: the class UISettings of Windows 10, whose colours Qt asks for when it opens
 * a window and which wine 8 has not.  One object answers to every interface; a light scheme with Windows' own accent. */
#define COBJMACROS
#define INITGUID
#include <string.h>
#include <windows.h>

typedef struct { BYTE a, r, g, b; } colour;
typedef struct { void **methods; } object;

DEFINE_GUID(IUISETTINGS, 0x85361600, 0x1c63, 0x4627, 0xbc, 0xb1, 0x3a, 0x89, 0xe0, 0xbc, 0x9c, 0x55);
DEFINE_GUID(IUISETTINGS3, 0x03021be4, 0x5254, 0x4781, 0x81, 0x94, 0x51, 0x68, 0xf7, 0xd0, 0x6d, 0x7b);
DEFINE_GUID(INSPECTABLE, 0xaf86e2e0, 0xb12d, 0x4c6a, 0x9c, 0x5a, 0xd7, 0xaa, 0x65, 0x10, 0x1e, 0x90);
DEFINE_GUID(FACTORY, 0x00000035, 0, 0, 0xc0, 0, 0, 0, 0, 0, 0, 0x46);
DEFINE_GUID(AGILE, 0x94ea2b94, 0xe9cc, 0x49e0, 0xc0, 0xff, 0xee, 0x64, 0xca, 0x8f, 0x5b, 0x90);

static object plain, colours, factory;

static HRESULT WINAPI query(object *self, const GUID *asked, object **found) {
    *found = NULL;
    if (IsEqualGUID(asked, &IUISETTINGS3)) *found = &colours;
    else if (IsEqualGUID(asked, &IUISETTINGS)) *found = &plain;
    else if (IsEqualGUID(asked, &FACTORY)) *found = &factory;
    else if (IsEqualGUID(asked, &IID_IUnknown) || IsEqualGUID(asked, &INSPECTABLE) || IsEqualGUID(asked, &AGILE)) *found = self;
    return *found ? S_OK : E_NOINTERFACE;
}
static ULONG WINAPI count(object *self) { (void)self; return 1; } /* it lives as long as the library */
static HRESULT WINAPI absent(object *self) { (void)self; return E_NOTIMPL; }

static HRESULT WINAPI colour_of(object *self, int kind, colour *told) { /* UIColorType: 0 background, 1 foreground, accents */
    static const colour white = {255, 255, 255, 255}, black = {255, 0, 0, 0}, accent = {255, 0, 120, 212};
    (void)self;
    *told = kind == 0 ? white : kind == 1 ? black : accent;
    return S_OK;
}
static HRESULT WINAPI notify(object *self, void *handler, INT64 *token) { (void)self, (void)handler; *token = 1; return S_OK; }
static HRESULT WINAPI forget(object *self, INT64 token) { (void)self, (void)token; return S_OK; }
static HRESULT WINAPI activate(object *self, object **made) { (void)self; *made = &plain; return S_OK; }

#define BASE (void *)query, (void *)count, (void *)count, (void *)absent, (void *)absent, (void *)absent
static void *of_plain[] = {BASE, absent, absent, absent, absent, absent, absent, absent, absent, absent, absent, absent, absent};
static void *of_colours[] = {BASE, colour_of, notify, forget};
static void *of_factory[] = {BASE, activate};
static object plain = {of_plain}, colours = {of_colours}, factory = {of_factory};

__declspec(dllexport) HRESULT WINAPI DllGetActivationFactory(void *name, object **found) {
    (void)name;
    *found = &factory;
    return S_OK;
}
__declspec(dllexport) HRESULT WINAPI DllCanUnloadNow(void) { return S_FALSE; }
