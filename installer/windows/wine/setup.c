/* Stands in for setup.exe and for the program where only the relay is tried: writes down how it was called beside itself,
 * and ends with the next code of the file «codes» there, with a refusal in the log of an installer. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <windows.h>

static wchar_t own[32768];

static FILE *beside(const wchar_t *name, const wchar_t *mode) {
    static wchar_t path[32768];
    wcscpy(path, own);
    wcscpy(wcsrchr(path, L'\\') + 1, name);
    return _wfopen(path, mode);
}

int WINAPI wWinMain(HINSTANCE instance, HINSTANCE before, wchar_t *line, int show) {
    (void)instance, (void)before, (void)show;
    GetModuleFileNameW(NULL, own, 32768);
    wchar_t folder[MAX_PATH], temporary[MAX_PATH];
    GetCurrentDirectoryW(MAX_PATH, folder);
    FILE *called = beside(L"called", L"ab");
    fwprintf(called, L"%ls|%ls|%ls|%lu\n", wcsrchr(own, L'\\') + 1, line, folder,
             GetEnvironmentVariableW(L"KURATOR_SETUP", NULL, 0));
    fclose(called);
    int code = 0, rest = 0;
    FILE *codes = beside(L"codes", L"rb");
    if (codes) {
        if (fscanf(codes, "%d", &code) != 1) code = 0;
        char left[64] = "";
        rest = (int)fread(left, 1, sizeof left - 1, codes);
        fclose(codes);
        codes = beside(L"codes", L"wb");
        fwrite(left, 1, (size_t)rest, codes);
        fclose(codes);
    }
    if (code) {
        GetTempPathW(MAX_PATH, temporary);
        wcscat(temporary, L"kurator-nko-setup.log");
        FILE *log = _wfopen(temporary, L"wb");
        fwrite(L"\xFEFFДиск сломан.\r\n", sizeof(wchar_t), 15, log);
        fclose(log);
    }
    return code;
}
