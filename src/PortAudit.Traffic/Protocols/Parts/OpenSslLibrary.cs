using System.Runtime.InteropServices;

namespace PortAudit.Traffic.Protocols.Parts;

/// <summary>OpenSSL, loaded by .NET on Linux for digests and ciphers. Without it the first use ends the process, so
/// check before.</summary>
public static class OpenSslLibrary
{
    /// <summary>Versions that .NET tries in order (opensslshim.c).</summary>
    private static readonly string[] Versions = ["3", "1.1", "1.0.2", "1.0.0", "10"];

    private static readonly Lazy<bool> Missing = new(() => OperatingSystem.IsLinux() && !Versions
        .Prepend(Environment.GetEnvironmentVariable("CLR_OPENSSL_VERSION_OVERRIDE"))
        .Any(version => NativeLibrary.TryLoad($"libssl.so.{version}", out _)));

    /// <summary>Text about an unavailable feature, with a remedy.</summary>
    public const string Need = "needs OpenSSL 3 or 1.1 (libssl), which is not on this system or cannot be loaded; on "
        + "Debian: sudo apt-get install openssl";

    /// <summary>True when digests and ciphers are unavailable.</summary>
    public static bool IsMissing => Missing.Value;

    /// <summary>True when unavailable and needed: something was skipped.</summary>
    public static bool IsMissed => Missing is { IsValueCreated: true, Value: true };
}
