using System.Collections.Immutable;
using System.Text.RegularExpressions;
using PortAudit.Audit.Policies.Import;
using PortAudit.Audit.Policies.Model;

namespace PortAudit.Audit.Policies.PanOs;

/// <summary>
/// Reads configurations of Palo Alto firewalls and of Panorama: XML, <c>set</c> commands and braces. Rules name
/// addresses before and zones after translation (PAN-OS Administrator's Guide, "NAT Policy Overview"). Actions
/// <c>deny</c> and <c>drop</c> count as silent: what <c>deny</c> answers depends on the application.
/// </summary>
internal static partial class PanOsReader
{
    /// <summary>Its name as a format.</summary>
    public const string Format = "pan-os";

    /// <summary>Characters of a file that are looked at to recognise it.</summary>
    private const int MaxRecognised = 1 << 20;

    /// <summary>Whether a file is such a configuration.</summary>
    public static bool Recognises(ConfigurationText text)
    {
        var start = text.Text.AsSpan(0, Math.Min(text.Text.Length, MaxRecognised));
        if (IsXml(text))
            return Xml().IsMatch(start);
        return Commands().IsMatch(start) || Braces().IsMatch(start);
    }

    /// <summary>Reads a file.</summary>
    public static Policy Read(ConfigurationText text)
    {
        var draft = new PolicyDraft(text);
        var tree = IsXml(text) ? PanOsXml.Read(text, draft)
            : Commands().IsMatch(text.Text) ? PanOsCommands.Read(text, draft)
            : PanOsBraces.Read(text, draft);
        return new PanOsImport(draft, tree).Import();
    }

    private static bool IsXml(ConfigurationText text)
    {
        var start = text.Text.AsSpan(0, Math.Min(text.Text.Length, MaxRecognised));
        var mark = start.IndexOf('<');
        return mark >= 0 && !start[..mark].Contains("\nset ", StringComparison.Ordinal)
            && !start.StartsWith("set ", StringComparison.Ordinal) && Xml().IsMatch(start);
    }

    [GeneratedRegex("""<(config|response|policy|panorama|devices|vsys|shared|rulebase)\b[\s\S]*?<(entry|member)\b""",
        RegexOptions.NonBacktracking)]
    private static partial Regex Xml();

    [GeneratedRegex("""
        (^|\n)set\ (config\ )?(devices\ \S+\ )?(template\ \S+\ config\ )?((vsys|device-group)\ \S+\ )?(shared\ )?
        (deviceconfig|rulebase|pre-rulebase|post-rulebase|network\ (interface|virtual-router|profiles)
        |device-group|template|template-stack|policy\ panorama|panorama|vsys|shared|readonly|mgt-config
        |address\ [^\n]*\ (ip-netmask|ip-range|ip-wildcard|fqdn)\ |address-group\ [^\n]*\ (static|dynamic)\s
        |zone\ [^\n]*\ network\ |service\ [^\n]*\ protocol\ |external-list\ |application)
        """, RegexOptions.NonBacktracking | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Commands();

    [GeneratedRegex("""(^|\n)\s*(config|deviceconfig|network|policy|vsys|rulebase|shared|device-group|mgt-config) \{""",
        RegexOptions.NonBacktracking)]
    private static partial Regex Braces();
}
