namespace PortAudit.Live.Host;

/// <summary>How this process was started, which decides where a right to capture can be put.</summary>
/// <param name="Executable">Path of the executable file; empty if unknown.</param>
/// <param name="IsSharedHost">True when that is the <c>dotnet</c> of the machine, which runs any .NET program: a right
/// given to it is given to all of them.</param>
internal sealed record ProgramStart(string Executable, bool IsSharedHost)
{
    private const string SharedHost = "dotnet";

    public static ProgramStart OfProcess() => Of(Environment.ProcessPath ?? "");

    internal static ProgramStart Of(string executable) => new(executable,
        string.Equals(Path.GetFileNameWithoutExtension(executable), SharedHost, StringComparison.OrdinalIgnoreCase));
}
