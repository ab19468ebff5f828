using System.Text.RegularExpressions;
using PortAudit.Audit.Policies.Import;

namespace PortAudit.Audit.Policies.Netfilter.Nftables;

/// <summary>The formats of nft.</summary>
internal static partial class NftFormat
{
    /// <summary>The text form.</summary>
    public const string Name = "nftables";

    /// <summary>The JSON form.</summary>
    public const string JsonName = "nftables-json";

    /// <summary>Lines that are looked at to recognise a file: comments may come first.</summary>
    private const int MaxLines = 5000;

    /// <summary>Characters of the text that are looked at to recognise JSON.</summary>
    private const int MaxHead = 4096;

    /// <summary>True for a file with a table, or a command that makes one.</summary>
    public static bool Recognises(ConfigurationText text) => text.Lines.Take(MaxLines)
        .Any(line => Table().IsMatch(line.Length > 200 ? line[..200] : line));

    /// <summary>True for JSON with the name that libnftables gives its list (libnftables-json(5)).</summary>
    public static bool RecognisesJson(ConfigurationText text)
    {
        var head = text.Text.AsSpan(0, Math.Min(text.Text.Length, MaxHead)).TrimStart();
        return head.StartsWith("{") && head.Contains("\"nftables\"", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^\s*(?:nft\s+)?(?:(?:add|create)\s+)?table\s+"
        + @"(?:(?:ip|ip6|inet|arp|bridge|netdev)\s+)?[A-Za-z_][\w./\\-]*\s*(?:\{.*)?;?\s*$"
        + @"|^\s*(?:nft\s+)?(?:add|insert)\s+rule\s", RegexOptions.CultureInvariant)]
    private static partial Regex Table();
}
