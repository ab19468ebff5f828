using System.Collections.Frozen;

namespace PortAudit.Traffic.Protocols.Smb;

/// <summary>Named pipes of known services, and their service names: the pipe's name in lower case. From the "Transport"
/// sections of Microsoft's RPC documents ([MS-LSAD] 2.1, [MS-SAMR] 2.1, [MS-SRVS] 2.1 …), Windows and Samba.</summary>
internal static class SmbPipes
{
    /// <summary>Longest name compared, in characters.</summary>
    public const int MaximumLength = 32;

    /// <summary>SQL Server's pipes, of default and named instances (<c>MSSQL$NAME\sql\query</c>); they carry
    /// TDS.</summary>
    private const string SqlServer = @"sql\query";
    private const string SqlServerService = "tds";

    /// <summary>True when a service's pipe carries RPC, as far as known.</summary>
    public static bool CarriesRpc(string service) => service != SqlServerService;

    private static readonly FrozenSet<string> Names = FrozenSet.Create(
        StringComparer.Ordinal,
        "atsvc", "browser", "cert", "ctx_winstation_api_service", "dnsserver", "efsrpc", "epmapper", "eventlog",
        "fssagentrpc", "hydralspipe", "initshutdown",
        "keysvc", "lanman", "llsrpc", "locator", "lsarpc", "lsass", "lsm_api_service", "mdssvc", "msftewds", "msgsvc",
        "netdfs", "netlogon", "ntsvcs", "plugplay",
        "protected_storage", "psexesvc", "router", "rpcecho", "samr", "scerpc", "sessenvpublicrpc", "spoolss", "srvsvc",
        "ssdpsrv", "svcctl", "tapsrv",
        "termsrv_api_service", "trksvr", "trkwks", "tsproxy", "unixinfo", "w32time", "w32time_alt", "winreg",
        "winspipe", "wkssvc");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Lookup =
        Names.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The service of a pipe name; null when unknown. Ignores case, leading backslashes, <c>PIPE\</c> and
    /// everything after a NUL. Allocates nothing.</summary>
    /// <param name="name">The name as sent.</param>
    /// <param name="isUnicode">True for UTF-16LE, false for single-byte characters.</param>
    public static string? Find(ReadOnlySpan<byte> name, bool isUnicode)
    {
        // Most commands open nothing.
        if (name.IsEmpty)
            return null;
        Span<char> buffer = stackalloc char[MaximumLength];
        var length = 0;
        var step = isUnicode ? 2 : 1;
        for (var i = 0; i + step <= name.Length; i += step)
        {
            var character = isUnicode ? (char)(name[i] | (name[i + 1] << 8)) : (char)name[i];
            if (character == 0)
                break;
            if (length == 0 && character == '\\')
                continue;
            if (length == MaximumLength || !char.IsAscii(character))
                return null;
            buffer[length++] = char.ToLowerInvariant(character);
        }

        return FindNormal(buffer[..length]);
    }

    private static string? FindNormal(ReadOnlySpan<char> name)
    {
        if (name.StartsWith(@"pipe\", StringComparison.Ordinal))
            name = name[5..].TrimStart('\\');
        if (name.EndsWith(SqlServer, StringComparison.Ordinal))
            return SqlServerService;
        return Lookup.TryGetValue(name, out var known) ? known : null;
    }
}
