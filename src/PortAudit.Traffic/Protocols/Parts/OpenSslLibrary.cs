using System.Runtime.InteropServices;

namespace PortAudit.Traffic.Protocols.Parts;

/// <summary>OpenSSL, which .NET loads by name on Linux for digests and ciphers. Without it, the first use ends the
/// process: ask before.</summary>
public static class OpenSslLibrary
{
    /// <summary>What .NET tries one after another (opensslshim.c of its sources).</summary>
    private static readonly string[] Versions = ["3", "1.1", "1.0.2", "1.0.0", "10"];

    private static readonly Lazy<bool> Missing = new(() => OperatingSystem.IsLinux() && !Versions
        .Prepend(Environment.GetEnvironmentVariable("CLR_OPENSSL_VERSION_OVERRIDE"))
        .Any(version => NativeLibrary.TryLoad($"libssl.so.{version}", out _)));

    /// <summary>What is said of something that cannot be done without it, with a remedy.</summary>
    public const string Need = "needs OpenSSL 3 or 1.1 (libssl), which is not on this system or cannot be loaded; on "
        + "Debian: sudo apt-get install openssl";

    /// <summary>True when there are no digests and ciphers.</summary>
    public static bool IsMissing => Missing.Value;

    /// <summary>True when that was asked, and so: something was left out.</summary>
    public static bool IsMissed => Missing is { IsValueCreated: true, Value: true };
}
