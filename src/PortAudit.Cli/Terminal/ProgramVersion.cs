using System.Reflection;

namespace PortAudit.Cli.Terminal;

/// <summary>Version of the program.</summary>
internal static class ProgramVersion
{
    /// <summary>Version of the program, without the revision it was built from: the same sources give the same
    /// reports.</summary>
    public static string Text { get; } =
        typeof(ProgramVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
            .InformationalVersion.Split('+')[0];
}
