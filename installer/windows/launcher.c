/* kurator-nko.exe and kurator-nko-cli.exe: the Python that lies in python\ runs source\start.py in this very process.
 *
 * So the task list, the firewall and the taskbar show the program by its own name and icon.  Two programs of one
 * source: WINDOW has no console, the other is for commands.  Nothing of the system is changed, nothing is searched for
 * outside the program's own folder. */

#include <stdio.h>
#include <stdlib.h>
#include <windows.h>

#define TITLE L"Куратор НКО"
#define REPAIR L"\n\nЗапустите установочный файл программы ещё раз или распакуйте её архив целиком. Файл учёта останется на месте."
#define LONGEST 32768 /* characters of a path */

typedef int (*main_of_python)(int, wchar_t **);

static int refuse(const wchar_t *what, const wchar_t *path) {
    wchar_t *text = malloc((wcslen(what) + wcslen(path) + wcslen(REPAIR) + 8) * sizeof(wchar_t));
    if (!text) return 3;
    wcscpy(text, what);
    wcscat(text, path);
    wcscat(text, REPAIR);
#ifdef WINDOW
    MessageBoxW(NULL, text, TITLE, MB_OK | MB_ICONERROR | MB_SETFOREGROUND);
#else
    HANDLE out = GetStdHandle(STD_ERROR_HANDLE);
    DWORD done;
    if (!WriteConsoleW(out, text, (DWORD)wcslen(text), &done, NULL)) {
        char bytes[4 * 1024];
        int length = WideCharToMultiByte(CP_UTF8, 0, text, -1, bytes, sizeof bytes, NULL, NULL);
        if (length > 1) WriteFile(out, bytes, (DWORD)length - 1, &done, NULL);
    }
#endif
    free(text);
    return 3;
}

static wchar_t *joined(const wchar_t *folder, const wchar_t *name) {
    wchar_t *path = malloc((wcslen(folder) + wcslen(name) + 2) * sizeof(wchar_t));
    if (!path) exit(3);
    wcscpy(path, folder);
    wcscat(path, L"\\");
    wcscat(path, name);
    return path;
}

static int run(int count, wchar_t **given) {
    static wchar_t program[LONGEST], folder[LONGEST];
    DWORD length = GetModuleFileNameW(NULL, program, LONGEST);
    if (!length || length >= LONGEST) return refuse(L"Путь к программе слишком длинный.", L"");
    wcscpy(folder, program);
    *wcsrchr(folder, L'\\') = 0;

    SetDllDirectoryW(L""); /* no library from the folder that the file to be opened lies in */
    SetEnvironmentVariableW(L"KURATOR_PROGRAM_FOLDER", folder);

    wchar_t *script = joined(folder, L"source\\start.py");
    if (GetFileAttributesW(script) == INVALID_FILE_ATTRIBUTES) return refuse(L"Не хватает файла ", script);
    wchar_t *library = joined(folder, L"python\\" PYTHON_DLL);
    if (GetFileAttributesW(library) == INVALID_FILE_ATTRIBUTES) return refuse(L"Не хватает файла ", library);
    HMODULE python = LoadLibraryExW(library, NULL, LOAD_WITH_ALTERED_SEARCH_PATH);
    if (!python) return refuse(L"Не загружается файл ", library);
    main_of_python main_of = (main_of_python)(void *)GetProcAddress(python, "Py_Main");
    if (!main_of) return refuse(L"Повреждён файл ", library);

    wchar_t **passed = calloc((size_t)count + 4, sizeof(wchar_t *));
    if (!passed) return 3;
    int at = 0;
    passed[at++] = program;
    passed[at++] = L"-X";
    passed[at++] = L"utf8"; /* names of files are Russian, whatever the code page says */
    passed[at++] = script;
    for (int i = 1; i < count; i++) passed[at++] = given[i];
    return main_of(at, passed);
}

#ifdef WINDOW
int WINAPI wWinMain(HINSTANCE instance, HINSTANCE before, wchar_t *line, int show) {
    (void)instance, (void)before, (void)line, (void)show;
    return run(__argc, __wargv);
}
#else
int wmain(int count, wchar_t **given) { return run(count, given); }
#endif
