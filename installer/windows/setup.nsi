; «Куратор НКО» для Windows 10 и 11: для одного человека, без прав администратора и без сети.
; Собирает installer/windows.sh; здесь же решается, что ставится поверх чего.
;   setup.exe              окно установки
;   setup.exe /S           без окна; /D=ПАПКА (последним) ставит в другую папку
;   setup.exe /PORTABLE    на носитель: ни меню, ни записей в реестре, файл учёта рядом с программой
;   setup.exe /NOBACKUP    обновить, не делая копии файла учёта
; Код выхода: 0 — готово; 2 — отказано и ничего не изменено, почему — в %TEMP%\kurator-nko-setup.log; 4 — то же, но мешает
; открытая программа: можно повторить (relay.c так и делает).

Unicode true
Target amd64-unicode
!ifdef FAST ; только для проверки обновления
    SetCompressor zlib
!else
    SetCompressor /SOLID lzma
    SetCompressorDictSize 64
!endif
RequestExecutionLevel user
ManifestDPIAware true
ManifestSupportedOS Win10
CRCCheck force

!include MUI2.nsh
!include LogicLib.nsh
!include FileFunc.nsh
!include TextFunc.nsh
!include WordFunc.nsh
!include WinVer.nsh
!include x64.nsh

!define NAME "Куратор НКО"
!define KEY "kurator-nko"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\${KEY}"
!define CLASSES "Software\Classes"
!define FILE_CLASS "KuratorNKO.File"
!define REFUSED 2
!define HELD 4
!define /math ROOM ${SIZE} / 1024
!define DATA "$LOCALAPPDATA\${KEY}"

Name "${NAME}"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\${KEY}"
InstallDirRegKey HKCU "${UNINSTALL}" "InstallLocation"
BrandingText "${NAME} ${VERSION}"
ShowInstDetails nevershow
ShowUninstDetails nevershow

Var Refusal ; что сказать, если ставить нельзя; пусто — можно
Var Code ; чем кончится отказ
Var Before ; версия, которая стоит; пусто — её нет
Var Said ; 1 — почему не поставлено, уже сказано
Var Portable ; 1 — на носителе
Var Done ; что сказать в конце
Var Left ; где остались данные

VIProductVersion "${NUMBERS}"
VIAddVersionKey /LANG=1049 "ProductName" "${NAME}"
VIAddVersionKey /LANG=1049 "FileDescription" "Установка «${NAME}»"
VIAddVersionKey /LANG=1049 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=1049 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=1049 "LegalCopyright" "Apache License 2.0"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_WELCOMEFINISHPAGE_BITMAP "${PANEL}"
!define MUI_UNWELCOMEFINISHPAGE_BITMAP "${PANEL}"
!define MUI_WELCOMEPAGE_TITLE "${NAME} ${VERSION}"
!define MUI_WELCOMEPAGE_TEXT "Учёт НКО района, мер поддержки и квартальный отчёт.$\r$\n$\r$\nНи прав администратора, ни интернета не нужно: программа ставится только для вас.$\r$\n$\r$\nЕсли «${NAME}» уже стоит, он обновится. Сначала закройте его: перед обновлением будет сделана копия файла учёта."
!define MUI_DIRECTORYPAGE_TEXT_TOP "Программа будет поставлена в эту папку. Файл учёта лежит отдельно и остаётся на месте."
!define MUI_FINISHPAGE_TITLE "Готово"
!define MUI_FINISHPAGE_TEXT "$Done"
!define MUI_FINISHPAGE_RUN "$INSTDIR\kurator-nko.exe"
!define MUI_FINISHPAGE_RUN_TEXT "Открыть «${NAME}»"
!define MUI_FINISHPAGE_SHOWREADME ""
!define MUI_FINISHPAGE_SHOWREADME_NOTCHECKED
!define MUI_FINISHPAGE_SHOWREADME_TEXT "Ярлык на рабочем столе"
!define MUI_FINISHPAGE_SHOWREADME_FUNCTION DesktopShortcut

!insertmacro MUI_PAGE_WELCOME
!define MUI_PAGE_HEADER_TEXT "Куда поставить"
!define MUI_PAGE_HEADER_SUBTEXT "Обычно менять папку не нужно."
!define MUI_PAGE_CUSTOMFUNCTION_LEAVE FolderChosen
!insertmacro MUI_PAGE_DIRECTORY
!define MUI_PAGE_HEADER_TEXT "Установка"
!define MUI_PAGE_HEADER_SUBTEXT "Это займёт около минуты."
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!define MUI_UNCONFIRMPAGE_TEXT_TOP "Программа будет удалена. Файл учёта, его копии и настройки останутся."
!define MUI_PAGE_HEADER_TEXT "Удаление"
!define MUI_PAGE_HEADER_SUBTEXT "«${NAME}» больше не нужен на этом компьютере."
!insertmacro MUI_UNPAGE_CONFIRM
!define MUI_PAGE_HEADER_TEXT "Удаление"
!define MUI_PAGE_HEADER_SUBTEXT "Данные не трогаются."
!insertmacro MUI_UNPAGE_INSTFILES
!define MUI_FINISHPAGE_TITLE "«${NAME}» удалён"
!define MUI_FINISHPAGE_TEXT "$Left"
!insertmacro MUI_UNPAGE_FINISH
!insertmacro MUI_LANGUAGE "Russian"

; --- можно ли ------------------------------------------------------------------------------------

; Файл, который загружен в какую-нибудь программу, на запись не открывается.
!macro IsOpen folder result
    StrCpy ${result} ""
    ${If} ${FileExists} "${folder}\python\${LIBRARY}"
        ClearErrors
        FileOpen $R8 "${folder}\python\${LIBRARY}" a
        ${If} ${Errors}
            StrCpy ${result} 1
        ${Else}
            FileClose $R8
        ${EndIf}
    ${EndIf}
!macroend

; Отказ: словом в окне, без окна — словом в файле; код выхода один и тот же.
!macro Refuse text
    StrCpy $Said 1
    ${If} $Code == ""
        StrCpy $Code ${REFUSED}
    ${EndIf}
    SetErrorLevel $Code
    FileOpen $R8 "$TEMP\kurator-nko-setup.log" w
    FileWriteUTF16LE /BOM $R8 "${text}$\r$\n"
    FileClose $R8
    MessageBox MB_OK|MB_ICONSTOP "${text}" /SD IDOK
!macroend

Function .onInit
    ${IfNot} ${RunningX64}
    ${OrIfNot} ${AtLeastWin10}
    ${OrIfNot} ${AtLeastBuild} 17763
        !insertmacro Refuse "Нужна 64-разрядная Windows 10 (1809) или новее. Ничего не изменено."
        Quit
    ${EndIf}
    ${GetParameters} $R0
    ClearErrors
    ${GetOptions} $R0 "/PORTABLE" $R1
    ${IfNot} ${Errors}
        StrCpy $Portable 1
    ${EndIf}
FunctionEnd

!macro RemoveProgram folder
    RMDir /r "${folder}\python"
    RMDir /r "${folder}\lib"
    RMDir /r "${folder}\source"
    Delete "${folder}\kurator-nko.exe"
    Delete "${folder}\kurator-nko-cli.exe"
    Delete "${folder}\kurator-nko-relay.exe"
    Delete "${folder}\uninstall.exe"
    Delete "${folder}\ПРОЧТИ.txt"
    Delete "${folder}\VERSION" ; последним: по нему узнаётся папка программы
!macroend

; Что в прежней папке не программа — файл учёта на носителе прежде всего, — переходит в новую; потом убирается остальное.
; Чему в новой уже есть тёзка, остаётся: чужое не стирается.
Function CarryOver
    FindFirst $R7 $R8 "$INSTDIR.old\*.*"
    ${DoUntil} $R8 == ""
        ${IfNot} ${FileExists} "$INSTDIR\$R8"
            Rename "$INSTDIR.old\$R8" "$INSTDIR\$R8"
        ${EndIf}
        FindNext $R7 $R8
    ${Loop}
    FindClose $R7
    Delete "$INSTDIR.old\portable.txt"
    !insertmacro RemoveProgram "$INSTDIR.old"
    RMDir "$INSTDIR.old"
FunctionEnd

; Установка могла оборваться: до второго переименования прежняя папка возвращается на место, после него переносится, что
; осталось.
Function Recover
    ; «ПАПКА\.new» была бы внутри: косая черта в конце снимается.
    ${DoWhile} "$INSTDIR" != ""
        StrCpy $R9 "$INSTDIR" 1 -1
        ${If} $R9 != "\"
            ${ExitDo}
        ${EndIf}
        StrCpy $INSTDIR "$INSTDIR" -1
    ${Loop}
    ${If} ${FileExists} "$INSTDIR.old\VERSION"
        ${If} ${FileExists} "$INSTDIR\*.*"
            Call CarryOver
        ${Else}
            Rename "$INSTDIR.old" "$INSTDIR"
        ${EndIf}
    ${EndIf}
    ${If} ${FileExists} "$INSTDIR.new\kurator-nko.exe"
    ${OrIf} ${FileExists} "$INSTDIR.new\lib\PySide6\*.*"
        RMDir /r "$INSTDIR.new"
    ${EndIf}
FunctionEnd

Function LookAtFolder
    StrCpy $Refusal ""
    StrCpy $Code ""
    StrCpy $Before ""
    ${IfNot} ${FileExists} "$INSTDIR\*.*"
        Return
    ${EndIf}
    ${IfNot} ${FileExists} "$INSTDIR\VERSION"
        StrCpy $Refusal "«$INSTDIR» уже есть, и это не «${NAME}». Выберите другую папку."
        Return
    ${EndIf}
    FileOpen $R9 "$INSTDIR\VERSION" r
    FileRead $R9 $Before
    FileClose $R9
    ${TrimNewLines} "$Before" $Before
    ${VersionCompare} "$Before" "${VERSION}" $R9
    ${If} $R9 == 1
        StrCpy $Refusal "Установлена версия $Before, она новее этой (${VERSION}): старая программа не прочтёт её файл. Ничего не изменено."
        Return
    ${EndIf}
    ${If} ${FileExists} "$INSTDIR.old\*.*"
        StrCpy $Refusal "Рядом лежит папка «$INSTDIR.old», и в ней есть ваши файлы. Перенесите их, удалите её и повторите. Ничего не изменено."
        Return
    ${EndIf}
    !insertmacro IsOpen "$INSTDIR" $R9
    ${If} $R9 == 1
        StrCpy $Refusal "«${NAME}» открыт. Закройте его и повторите. Ничего не изменено."
        StrCpy $Code ${HELD}
        Return
    ${EndIf}
    ${If} ${FileExists} "$INSTDIR\portable.txt"
    ${OrIf} ${FileExists} "$INSTDIR\data\*.*"
        StrCpy $Portable 1
    ${EndIf}
FunctionEnd

Function FolderChosen
    Call Recover
    Call LookAtFolder
    ${If} $Refusal != ""
        !insertmacro Refuse "$Refusal"
        Abort ; страница остаётся
    ${EndIf}
    StrCpy $Said ""
    SetErrorLevel 0
FunctionEnd

; Диск, который кончился на полуслове, или выдернутый носитель: обрывается без слов и посреди распаковки.
Function .onInstFailed
    ${If} $Said == 1
        Return
    ${EndIf}
    SetOutPath "$TEMP"
    RMDir /r "$INSTDIR.new"
    SetErrorLevel ${REFUSED}
    FileOpen $R8 "$TEMP\kurator-nko-setup.log" w
    FileWriteUTF16LE /BOM $R8 "В папку «$INSTDIR» не записывается: мало места, нет прав или носитель вынут. Ничего не изменено.$\r$\n"
    FileClose $R8
FunctionEnd

; --- установка ------------------------------------------------------------------------------------

Section "${NAME}"
    Call Recover
    Call LookAtFolder
    ${If} $Refusal != ""
        !insertmacro Refuse "$Refusal"
        Abort
    ${EndIf}
    ${If} $Before != ""
        Call CopyAccounts
    ${EndIf}

    ; Рядом с прежней; прежнюю заменит, только когда вся на месте и запускается.
    DetailPrint "Распаковывается ${VERSION}…"
    SetDetailsPrint none ; имена тысяч файлов никому не нужны
    ClearErrors
    SetOutPath "$INSTDIR.new"
    ${If} ${Errors} ; иначе о том же спросили бы у каждого из тысяч файлов
        !insertmacro Refuse "В папку «$INSTDIR» не записывается: нет прав или носитель заперт. Выберите другую. Ничего не изменено."
        Abort
    ${EndIf}
    System::Call 'kernel32::GetDiskFreeSpaceExW(w "$INSTDIR.new", *l .R7, p 0, p 0) i .R8'
    ${If} $R8 != 0
        System::Int64Op $R7 / 1048576
        Pop $R7
        ${If} $R7 < ${ROOM}
            SetOutPath "$TEMP"
            RMDir "$INSTDIR.new"
            !insertmacro Refuse "Для установки нужно ${ROOM} МБ, а на диске с папкой «$INSTDIR» свободно $R7 МБ. Освободите место и повторите. Ничего не изменено."
            Abort
        ${EndIf}
    ${EndIf}
    File /r "${PROGRAM}/*"
    ${If} $Portable == 1
        FileOpen $R9 "$INSTDIR.new\portable.txt" w
        FileClose $R9
    ${Else}
        WriteUninstaller "$INSTDIR.new\uninstall.exe"
    ${EndIf}
    SetOutPath "$TEMP"
    SetDetailsPrint both
    ${If} ${Errors}
        RMDir /r "$INSTDIR.new"
        !insertmacro Refuse "В папку «$INSTDIR» не записывается: мало места или нет прав. Выберите другую. Ничего не изменено."
        Abort
    ${EndIf}
    DetailPrint "Проверяется, запускается ли…"
    nsExec::ExecToStack /TIMEOUT=180000 '"$INSTDIR.new\kurator-nko-cli.exe" --help'
    Pop $R9
    Pop $R8
    ${If} $R9 != 0
        RMDir /r "$INSTDIR.new"
        !insertmacro Refuse "Программа здесь не запускается (код $R9). Ничего не изменено."
        Abort
    ${EndIf}
    DetailPrint "Ставится на место…"
    SetDetailsPrint none
    Call PutInPlace
    ${If} $Portable != 1
        Call Register
        StrCpy $Done "«${NAME}» стоит и есть в меню «Пуск». Файл учёта открывается и двойным щелчком, если его имя кончается на .kurator."
    ${Else}
        StrCpy $Done "«${NAME}» стоит в папке «$INSTDIR»; файл учёта лежит там же, в папке data. На этом компьютере ничего не записано."
    ${EndIf}
    Delete "$TEMP\kurator-nko-setup.log"
    SetErrorLevel 0
SectionEnd

; Прежняя программа сама копирует файл, с которым работали последним: новая могла бы его уже не понять.
Function CopyAccounts
    ${GetParameters} $R0
    ClearErrors
    ${GetOptions} $R0 "/NOBACKUP" $R1
    ${IfNot} ${Errors}
        Return
    ${EndIf}
again:
    DetailPrint "Делается копия файла учёта…"
    nsExec::ExecToStack '"$INSTDIR\kurator-nko-cli.exe" backup --before-update'
    Pop $R9
    Pop $R8
    ; 2 — прежняя программа отказала; другое — копия есть или сама она испорчена, и её надо заменить.
    ${If} $R9 != ${REFUSED}
        Return
    ${EndIf}
    StrCpy $Refusal "Копия файла учёта перед обновлением не сделана: файл открыт в другой программе, повреждён или на диске мало места. Откройте «${NAME}» и сделайте копию («Настройки», «Файл и копии»): программа скажет, что мешает. Ничего не изменено."
    MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$Refusal" /SD IDCANCEL IDRETRY again
    StrCpy $Said 1
    SetErrorLevel ${REFUSED}
    FileOpen $R8 "$TEMP\kurator-nko-setup.log" w
    FileWriteUTF16LE /BOM $R8 "$Refusal$\r$\n"
    FileClose $R8
    Abort
FunctionEnd

; Антивирус держит только что записанное и запущенное ещё мгновение: до десяти секунд пробуется снова.
; В $R8 — 1, если имя сменилось.
!macro RenameSoon from to
    StrCpy $R9 0
    ${Do}
        StrCpy $R8 ""
        ClearErrors
        Rename "${from}" "${to}"
        ${IfNot} ${Errors}
            StrCpy $R8 1
            ${ExitDo}
        ${EndIf}
        ${If} $R9 >= 20
            ${ExitDo}
        ${EndIf}
        IntOp $R9 $R9 + 1
        Sleep 500
    ${Loop}
!macroend

Function PutInPlace
    ${If} $Before != ""
        !insertmacro RenameSoon "$INSTDIR" "$INSTDIR.old"
        ${If} $R8 == ""
            RMDir /r "$INSTDIR.new"
            StrCpy $Code ${HELD}
            !insertmacro Refuse "Папка «$INSTDIR» занята другой программой. Закройте её и повторите. Ничего не изменено."
            Abort
        ${EndIf}
    ${EndIf}
    !insertmacro RenameSoon "$INSTDIR.new" "$INSTDIR"
    ${If} $R8 == ""
        ${If} $Before != ""
            !insertmacro RenameSoon "$INSTDIR.old" "$INSTDIR"
        ${EndIf}
        RMDir /r "$INSTDIR.new"
        StrCpy $Code ${HELD}
        !insertmacro Refuse "Папка «$INSTDIR» занята другой программой. Закройте её и повторите. Ничего не изменено."
        Abort
    ${EndIf}
    ${If} $Before != ""
        Call CarryOver
    ${EndIf}
FunctionEnd

Function Register
    CreateShortcut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\kurator-nko.exe"
    WriteRegStr HKCU "${CLASSES}\.kurator" "" "${FILE_CLASS}"
    WriteRegStr HKCU "${CLASSES}\.kurator\OpenWithProgids" "${FILE_CLASS}" ""
    WriteRegStr HKCU "${CLASSES}\${FILE_CLASS}" "" "Файл учёта «${NAME}»"
    WriteRegStr HKCU "${CLASSES}\${FILE_CLASS}\DefaultIcon" "" "$INSTDIR\kurator-nko.exe,0"
    WriteRegStr HKCU "${CLASSES}\${FILE_CLASS}\shell\open\command" "" '"$INSTDIR\kurator-nko.exe" "%1"'
    ; Файл .db открывается и другими программами: эта — среди тех, что предлагает «Открыть с помощью».
    WriteRegStr HKCU "${CLASSES}\Applications\kurator-nko.exe" "FriendlyAppName" "${NAME}"
    WriteRegStr HKCU "${CLASSES}\Applications\kurator-nko.exe\shell\open\command" "" '"$INSTDIR\kurator-nko.exe" "%1"'
    WriteRegStr HKCU "${CLASSES}\Applications\kurator-nko.exe\SupportedTypes" ".kurator" ""
    WriteRegStr HKCU "${CLASSES}\Applications\kurator-nko.exe\SupportedTypes" ".db" ""

    WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "${NAME}"
    WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
    WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\kurator-nko.exe,0"
    WriteRegStr HKCU "${UNINSTALL}" "Publisher" "${NAME}"
    WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
    WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
    WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
    WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" ${SIZE}
    WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
    WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
    System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)' ; значки файлов читаются заново
FunctionEnd

Function DesktopShortcut
    CreateShortcut "$DESKTOP\${NAME}.lnk" "$INSTDIR\kurator-nko.exe"
FunctionEnd

; --- удаление -------------------------------------------------------------------------------------

Function un.onInit
    ${IfNot} ${FileExists} "$INSTDIR\kurator-nko.exe"
        !insertmacro Refuse "Здесь нет программы: $INSTDIR"
        Quit
    ${EndIf}
FunctionEnd

Section "Uninstall"
    !insertmacro IsOpen "$INSTDIR" $R9
    ${If} $R9 == 1
        StrCpy $Code ${HELD}
        !insertmacro Refuse "«${NAME}» открыт. Закройте его и повторите."
        Abort
    ${EndIf}
    SetDetailsPrint none
    SetOutPath "$TEMP"
    !insertmacro RemoveProgram "$INSTDIR"
    RMDir "$INSTDIR"
    Delete "$SMPROGRAMS\${NAME}.lnk"
    Delete "$DESKTOP\${NAME}.lnk"
    ReadRegStr $R9 HKCU "${CLASSES}\.kurator" ""
    ${If} $R9 == "${FILE_CLASS}"
        DeleteRegValue HKCU "${CLASSES}\.kurator" ""
    ${EndIf}
    DeleteRegValue HKCU "${CLASSES}\.kurator\OpenWithProgids" "${FILE_CLASS}"
    DeleteRegKey /ifempty HKCU "${CLASSES}\.kurator\OpenWithProgids"
    DeleteRegKey /ifempty HKCU "${CLASSES}\.kurator"
    DeleteRegKey HKCU "${CLASSES}\${FILE_CLASS}"
    DeleteRegKey HKCU "${CLASSES}\Applications\kurator-nko.exe"
    DeleteRegKey HKCU "${UNINSTALL}"
    System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'

    StrCpy $Left "Файлы, которые вы сохраняли в своих папках, на месте."
    ${If} ${FileExists} "${DATA}\*.kurator"
    ${OrIf} ${FileExists} "${DATA}\*.db"
        StrCpy $Left "Файл учёта и его копии остались: ${DATA}$\r$\n$\r$\n$Left"
    ${ElseIf} ${FileExists} "${DATA}\*.*"
        StrCpy $Left "Настройки окна остались: ${DATA}$\r$\n$\r$\n$Left"
    ${EndIf}
    ${If} ${FileExists} "$INSTDIR\*.*"
        StrCpy $Left "В папке программы остались ваши файлы: $INSTDIR$\r$\n$\r$\n$Left"
    ${EndIf}
    FileOpen $R8 "$TEMP\kurator-nko-setup.log" w
    FileWriteUTF16LE /BOM $R8 "$Left$\r$\n"
    FileClose $R8
    SetErrorLevel 0
SectionEnd
