; The installer for Windows, by Inno Setup 6.3 or later, from the bundle that `python dev.py package` built:
;   iscc /DVersion=0.1.0 packaging\windows\samspil.iss
; It needs no administrator: by default it installs for the user alone.

#ifndef Version
  #error Give the version: iscc /DVersion=0.1.0 samspil.iss
#endif

[Setup]
; Never change it: by this Windows knows that a newer version replaces an older one.
AppId={{6E0C1B1E-5E0B-4C57-9E0C-3B7E8D1F4A62}
AppName=Samspil
AppVersion={#Version}
AppPublisher=Samspil
DefaultDirName={autopf}\Samspil
DefaultGroupName=Samspil
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
SourceDir=..\..
OutputDir=dist
OutputBaseFilename=Samspil-{#Version}-setup
Compression=lzma2/max
SolidCompression=yes
WizardStyle=modern
UninstallDisplayIcon={app}\Samspil.exe
CloseApplications=yes

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"
Name: "da"; MessagesFile: "compiler:Languages\Danish.isl"

[InstallDelete]
; A module that a newer version no longer has must not stay behind.
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "dist\Samspil\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion

[Icons]
Name: "{autoprograms}\Samspil"; Filename: "{app}\Samspil.exe"

[Registry]
; samspil:// links, for this user or for all, as the installation is.
Root: HKA; Subkey: "Software\Classes\samspil"; ValueType: string; ValueData: "URL:Samspil"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\samspil"; ValueType: string; ValueName: "URL Protocol"; ValueData: ""
Root: HKA; Subkey: "Software\Classes\samspil\shell\open\command"; ValueType: string; ValueData: """{app}\Samspil.exe"" ""%1"""

[Run]
Filename: "{app}\Samspil.exe"; Description: "{cm:LaunchProgram,Samspil}"; Flags: nowait postinstall skipifsilent
