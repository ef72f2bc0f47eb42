# For scripts that compare with real .NET: compiles one C# file as its conformance programs were compiled.
# shellcheck shell=bash

# have_dotnet: whether a .NET SDK is installed.
have_dotnet() {
    command -v dotnet >/dev/null && [ -n "$(dotnet --list-sdks 2>/dev/null)" ]
}

# compile_with_dotnet FILE.cs FOLDER: a Release build in FOLDER/out/program.dll; what the compiler says in FOLDER/log.
compile_with_dotnet() {
    local source=$1 folder=$2 framework
    framework=net$(dotnet --version | cut -d. -f1).0
    mkdir -p "$folder"
    cp "$source" "$folder/program.cs"
    cat >"$folder/program.csproj" <<PROJECT
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>$framework</TargetFramework>
    <LangVersion>12</LangVersion>
    <Nullable>enable</Nullable>
    <InvariantGlobalization>true</InvariantGlobalization>
    <UseAppHost>false</UseAppHost>
    <TreatWarningsAsErrors>false</TreatWarningsAsErrors>
  </PropertyGroup>
</Project>
PROJECT
    DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 \
        dotnet build "$folder/program.csproj" --configuration Release --output "$folder/out" -p:NuGetAudit=false \
        >"$folder/log" 2>&1
}
