@echo off
rem What goes on when the program has made ready for an update and closes; paths come by the environment.
rem A program that dies without the word changes nothing.  The code is written last.
setlocal EnableExtensions EnableDelayedExpansion
set "WORD="
set /p WORD=
if not "!WORD!"=="closed" (
    del "!KURATOR_TOLD!\update.json" >nul 2>&1
    exit /b 0
)
rem The end of the program is the end of this input.
findstr /r "^" >nul
del "!TEMP!\kurator-nko-setup.log" >nul 2>&1
set "TRIES=0"
:again
start "" /wait "!KURATOR_SETUP!" !KURATOR_HOW!
set "CODE=!ERRORLEVEL!"
set /a TRIES+=1
rem Windows lets go of the files of a program a moment after its end.
if not "!CODE!"=="0" if !TRIES! lss 3 (
    waitfor /t 2 KuratorNko >nul 2>&1
    goto again
)
copy /y "!TEMP!\kurator-nko-setup.log" "!KURATOR_TOLD!\update.log" >nul 2>&1
>"!KURATOR_TOLD!\update.code" echo !CODE!
start "" "!KURATOR_START!"
