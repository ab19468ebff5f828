namespace PortAudit.Live.Host;

/// <summary>Says in one line how this process gets the right to capture.</summary>
internal static class RightsRemedy
{
    /// <summary>The capabilities that live capture needs (capabilities(7)): packet sockets, and promiscuous
    /// mode.</summary>
    public const string Capabilities = "cap_net_raw,cap_net_admin=eip";

    public static string Of(ProgramStart start)
    {
        if (OperatingSystem.IsWindows())
            return "run it as administrator, or install Npcap again without 'Restrict Npcap driver's access to "
                + "Administrators only'";
        if (OperatingSystem.IsMacOS())
            return "run it with sudo, or join the group that may open /dev/bpf* (Wireshark's ChmodBPF makes "
                + "access_bpf)";
        return OfLinux(start);
    }

    /// <summary>The remedy on Linux. setcap wants a file of the program's own.</summary>
    internal static string OfLinux(ProgramStart start)
    {
        if (start.IsSharedHost)
            return "run it with sudo, or publish it (dotnet publish) and use setcap on the program: on 'dotnet' it "
                + "would serve every .NET program";
        return start.Executable.Length == 0
            ? $"run it with sudo, or give the program the right once: sudo setcap {Capabilities} FILE"
            : $"run it with sudo, or give the program the right once: {SetCapabilities(start.Executable)}";
    }

    /// <summary>The command that gives a file the right, for a shell to take as it is.</summary>
    public static string SetCapabilities(string path)
    {
        var word = path.All(IsPlain) ? path : $"'{path.Replace("'", "'\\''", StringComparison.Ordinal)}'";
        return $"sudo setcap {Capabilities} {word}";
    }

    private static bool IsPlain(char character) =>
        char.IsAsciiLetterOrDigit(character) || character is '/' or '.' or '-' or '_' or '+';
}
