@echo off
rem Start Spikehand on Windows; the first start makes .venv beside this file.
rem   run.bat                       the window
rem   run.bat test                  the checks of the source, then the tests
rem   run.bat test [pytest args]    the tests alone
rem   run.bat test --coverage       the tests, and which lines they ran
rem   run.bat package               the packed program, into dist\
rem   run.bat recognize FILE ...    any command; run.bat --help lists them
setlocal
set "HERE=%~dp0"
set "VENV=%HERE%.venv"
set "PYTHON=%VENV%\Scripts\python.exe"
rem A copy of the requirements that were installed to the end; a broken-off install leaves none.
set "INSTALLED=%VENV%\installed-requirements.txt"

"%PYTHON%" -c "import pip" >nul 2>&1 && goto install
call :find_python || goto failed
%FOUND% -m venv --clear "%VENV%" || (echo spikehand: could not make "%VENV%". & goto failed)

:install
fc /b "%HERE%requirements.txt" "%INSTALLED%" >nul 2>&1 && goto start
echo spikehand: installing the Python packages; this takes some minutes, once.
"%PYTHON%" -m pip install --no-input --disable-pip-version-check -r "%HERE%requirements.txt"
if errorlevel 1 (echo spikehand: installing failed, see above; start again to go on. & goto failed)
copy /y "%HERE%requirements.txt" "%INSTALLED%" >nul
echo spikehand: compiling the networks.
pushd "%HERE%"
"%PYTHON%" -m models.prepare
popd

:start
if /i "%~1"=="test" goto test
if /i "%~1"=="package" goto package
rem What the help texts call the program.
set "SPIKEHAND_PROGRAM=run.bat"
"%PYTHON%" "%HERE%main.py" %*
set "CODE=%errorlevel%"
rem Without words it may be a double click, whose window would take what was said with it.
if not "%CODE%"=="0" if "%~1"=="" pause
exit /b %CODE%

:test
cd /d "%HERE%"
set "QT_QPA_PLATFORM=offscreen"
set "REST="
set "FAILED=0"
if "%~2"=="" call :check_source
if /i "%~2"=="--coverage" (
  "%PYTHON%" -m pip install --no-input --disable-pip-version-check --quiet -r "%HERE%tests\coverage.txt"
  set "REST=--cov=app --cov=models --cov-report=term:skip-covered"
  shift
)
:next
shift
if "%~1"=="" goto run_tests
set REST=%REST% %1
goto next
:run_tests
rem For some tests, which are skipped without it; requirements.txt cannot ask for --no-deps.
"%PYTHON%" -m pip install --no-input --disable-pip-version-check --retries 0 --no-deps --quiet -r "%HERE%tests\neurobench.txt"
"%PYTHON%" -m pytest %REST%
if errorlevel 1 exit /b %errorlevel%
exit /b %FAILED%

:check_source
rem Everything is checked, whatever fails.
"%PYTHON%" -m ruff check . || set "FAILED=1"
"%PYTHON%" -m ruff format --check . || set "FAILED=1"
"%PYTHON%" -m mypy || set "FAILED=1"
exit /b 0

:package
cd /d "%HERE%"
"%PYTHON%" -m pip install --no-input --disable-pip-version-check --quiet -r "%HERE%assets\packaging\requirements.txt"
if errorlevel 1 (echo spikehand: installing PyInstaller failed, see above. & goto failed)
"%PYTHON%" -m PyInstaller --noconfirm --distpath "%HERE%dist" --workpath "%HERE%build" "%HERE%assets\packaging\spikehand.spec"
if errorlevel 1 goto failed
powershell -NoProfile -Command "Compress-Archive -Force dist\spikehand dist\spikehand-windows.zip"
exit /b %errorlevel%

:find_python
for %%V in (3.13 3.12 3.11 3) do (
  py -%%V -c "import sys; sys.exit(sys.version_info < (3, 11))" >nul 2>&1 && (
    set "FOUND=py -%%V"
    exit /b 0
  )
)
python -c "import sys; sys.exit(sys.version_info < (3, 11))" >nul 2>&1 && (
  set "FOUND=python"
  exit /b 0
)
echo spikehand: expected Python 3.11 or newer; install it from python.org and start again.
exit /b 1

:failed
rem A double click would close the window before anybody has read why.
pause
exit /b 1
