/* kurator-nko-relay.exe: waits until the program has closed, runs the installer of a newer one, starts what stands there.
 *
 * The program copies it beside the installer and starts it with a pipe: the word «closed», then the end of the pipe, which
 * the system makes when the process is gone.  A program that dies without the word changes nothing.  What to do comes
 * by the environment (update_relay.py): KURATOR_SETUP is run with the words KURATOR_HOW, the outcome is told in the folder
 * KURATOR_TOLD, the code last, and KURATOR_START is started.  No shell, no console. */

#include <stdio.h>
#include <stdlib.h>
#include <windows.h>

#define TITLE L"Куратор НКО"
#define WORD "closed"
#define HELD 4 /* setup.nsi: the program, or its folder, is still held by somebody */
#define TRIES 3
#define PAUSE 2000 /* ms: Windows lets go of the files of a program a moment after its end */
#define NOT_RUN 3

static wchar_t *joined(const wchar_t *one, const wchar_t *other) {
    wchar_t *made = malloc((wcslen(one) + wcslen(other) + 1) * sizeof(wchar_t));
    if (!made) ExitProcess(NOT_RUN);
    wcscpy(made, one);
    return wcscat(made, other);
}

/* Taken out of the environment: the new program is to know nothing of it. */
static wchar_t *taken(const wchar_t *name) {
    DWORD length = GetEnvironmentVariableW(name, NULL, 0);
    wchar_t *value = calloc(length + 1, sizeof(wchar_t));
    if (!value) ExitProcess(NOT_RUN);
    GetEnvironmentVariableW(name, value, length);
    SetEnvironmentVariableW(name, NULL);
    return value;
}

/* Whether the program closes in order; then, whether it is gone: the system ends the pipe. */
static int closes(HANDLE pipe) {
    char line[sizeof WORD + 1];
    size_t at = 0;
    DWORD got;
    while (at < sizeof line && ReadFile(pipe, line + at, 1, &got, NULL) && got == 1)
        if (line[at++] == '\n') return at == sizeof WORD && !memcmp(line, WORD, sizeof WORD - 1);
    return 0;
}

static void wait_for_end(HANDLE pipe) {
    char rest[64];
    DWORD got;
    while (ReadFile(pipe, rest, sizeof rest, &got, NULL) && got) continue;
    CloseHandle(pipe);
}

static BOOL start(const wchar_t *program, const wchar_t *words, const wchar_t *folder, PROCESS_INFORMATION *made) {
    STARTUPINFOW how = {.cb = sizeof how};
    wchar_t *quoted = joined(joined(L"\"", program), *words ? L"\" " : L"\"");
    return CreateProcessW(program, joined(quoted, words), NULL, NULL, FALSE, 0, NULL, folder, &how, made);
}

static void write_text(const wchar_t *path, const void *text, size_t bytes) {
    HANDLE file = CreateFileW(path, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, FILE_ATTRIBUTE_NORMAL, NULL);
    DWORD done;
    if (file == INVALID_HANDLE_VALUE) return;
    WriteFile(file, text, (DWORD)bytes, &done, NULL);
    FlushFileBuffers(file);
    CloseHandle(file);
}

/* Windows holds a program for a moment after its end. */
static void delete(const wchar_t *path) {
    for (int tries = 0; !DeleteFileW(path) && GetLastError() != ERROR_FILE_NOT_FOUND && tries < 20; tries++) Sleep(100);
}

/* Its code; what it says of a refusal lies in `log`. */
static DWORD install(const wchar_t *setup, const wchar_t *how, const wchar_t *folder, const wchar_t *log) {
    PROCESS_INFORMATION made;
    DWORD code = NOT_RUN;
    if (!start(setup, how, folder, &made)) {
        wchar_t text[128];
        int length = swprintf(text, 128, L"\xFEFFУстановщик не запустился (код %lu).\r\n", GetLastError());
        write_text(log, text, (size_t)length * sizeof(wchar_t));
        return code;
    }
    WaitForSingleObject(made.hProcess, INFINITE);
    GetExitCodeProcess(made.hProcess, &code);
    CloseHandle(made.hProcess);
    CloseHandle(made.hThread);
    return code;
}

int WINAPI wWinMain(HINSTANCE instance, HINSTANCE before, wchar_t *line, int show) {
    (void)instance, (void)before, (void)line, (void)show;
    wchar_t *setup = taken(L"KURATOR_SETUP"), *how = taken(L"KURATOR_HOW");
    wchar_t *told = taken(L"KURATOR_TOLD"), *after = taken(L"KURATOR_START");
    if (!*setup || !*told || !*after) return NOT_RUN; /* started by hand: there is nothing to do */
    HANDLE pipe = GetStdHandle(STD_INPUT_HANDLE);
    if (!closes(pipe)) {
        delete(joined(told, L"\\update.json"));
        delete(setup);
        return 0;
    }
    wait_for_end(pipe);

    wchar_t temporary[MAX_PATH + 2];
    if (!GetTempPathW(MAX_PATH + 2, temporary)) return NOT_RUN;
    wchar_t *log = joined(temporary, L"kurator-nko-setup.log");
    DWORD code = HELD;
    for (int tries = 0; code == HELD && tries < TRIES; tries++) {
        if (tries) Sleep(PAUSE);
        DeleteFileW(log);
        code = install(setup, how, temporary, log);
    }
    CopyFileW(log, joined(told, L"\\update.log"), FALSE);
    delete(setup);

    char number[16];
    int length = snprintf(number, sizeof number, "%lu\r\n", code);
    wchar_t *part = joined(told, L"\\update.code.part");
    write_text(part, number, (size_t)length);
    MoveFileExW(part, joined(told, L"\\update.code"), MOVEFILE_REPLACE_EXISTING | MOVEFILE_WRITE_THROUGH);

    PROCESS_INFORMATION made;
    if (start(after, L"", temporary, &made)) return (int)code;
    MessageBoxW(NULL, joined(L"Программа не открылась: ", after), TITLE, MB_OK | MB_ICONERROR | MB_SETFOREGROUND);
    return NOT_RUN;
}
