using System.Text.RegularExpressions;
using PortAudit.Audit.Policies.Import;
using PortAudit.Audit.Policies.Model;

namespace PortAudit.Audit.Policies.FortiOs;

/// <summary>Reads configurations of Fortinet firewalls. Policies name virtual IPs, hence addresses as clients send
/// them; with central NAT they name real addresses.</summary>
internal static partial class FortiOsReader
{
    /// <summary>Its name as a format.</summary>
    public const string Format = "fortios";

    /// <summary>Characters of a file that are looked at to recognise it: the header or a first section.</summary>
    private const int MaxRecognised = 1 << 20;

    /// <summary>Whether a file is such a configuration.</summary>
    public static bool Recognises(ConfigurationText text) =>
        Sections().IsMatch(text.Text.AsSpan(0, Math.Min(text.Text.Length, MaxRecognised)));

    /// <summary>Reads a file.</summary>
    public static Policy Read(ConfigurationText text)
    {
        var draft = new PolicyDraft(text);
        return new FortiImport(draft, FortiTree.Read(draft)).Import();
    }

    [GeneratedRegex("""(^|\n)(#config-version=F|\s*config (system|firewall|vdom|global|router|user|vpn)\b)""",
        RegexOptions.NonBacktracking)]
    private static partial Regex Sections();
}
