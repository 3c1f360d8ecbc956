@echo off
rem What goes on when the program has made ready for an update and closes; paths come by the environment.
rem A program that dies without the word changes nothing.
set WORD=
set /p WORD=
if not "%WORD%"=="closed" exit /b 0
findstr /r "^" >nul
start "" /wait "%KURATOR_SETUP%" /S
echo %ERRORLEVEL%>"%KURATOR_TOLD%\update.code"
start "" "%KURATOR_START%"
