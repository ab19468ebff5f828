using System.Collections.Immutable;
using PortAudit.Audit.Policies.Cisco.Asa;
using PortAudit.Audit.Policies.Cisco.Ios;
using PortAudit.Audit.Policies.FortiOs;
using PortAudit.Audit.Policies.Import;
using PortAudit.Audit.Policies.Model;
using PortAudit.Audit.Policies.Netfilter.Iptables;
using PortAudit.Audit.Policies.Netfilter.Nftables;
using PortAudit.Audit.Policies.PanOs;
using PortAudit.Audit.Policies.Windows;

namespace PortAudit.Audit.Policies;

/// <summary>A format of firewall configurations.</summary>
/// <param name="Name">Its name in options, site files and reports.</param>
/// <param name="Title">Its name in words.</param>
/// <param name="Recognises">Whether a file is of the format, by its content.</param>
/// <param name="Read">Reads a file; never throws for what it holds.</param>
public sealed record PolicyFormat(string Name, string Title, Func<ConfigurationText, bool> Recognises,
    Func<ConfigurationText, Policy> Read)
{
    /// <summary>All formats, in the order in which they are tried. To add one, add a row.</summary>
    public static ImmutableArray<PolicyFormat> All { get; } =
    [
        new(WindowsJson.Format, "Windows Firewall, JSON of Get-NetFirewallRule", WindowsJson.Recognises,
            WindowsJson.Read),
        new(NetshText.Format, "Windows Firewall, netsh advfirewall firewall show rule", NetshText.Recognises,
            NetshText.Read),
        new(NetshScript.Format, "Windows Firewall, netsh advfirewall commands", NetshScript.Recognises,
            NetshScript.Read),
        new(PowerShellScript.Format, "Windows Firewall, PowerShell commands", PowerShellScript.Recognises,
            PowerShellScript.Read),
        new(WindowsCsv.Format, "Windows Firewall, table of rules", WindowsCsv.Recognises,
            WindowsCsv.Read),
        new(PanOsReader.Format, "Palo Alto PAN-OS", PanOsReader.Recognises, PanOsReader.Read),
        new(FortiOsReader.Format, "Fortinet FortiOS", FortiOsReader.Recognises, FortiOsReader.Read),
        new(IptablesFormat.Name, "iptables (iptables-save)", IptablesFormat.Recognises, IptablesReader.Read),
        new(NftFormat.JsonName, "nftables (nft -j list ruleset)", NftFormat.RecognisesJson, NftJsonReader.Read),
        new(NftFormat.Name, "nftables (nft list ruleset)", NftFormat.Recognises, NftReader.Read),
        new(AsaFormat.Name, "Cisco ASA", AsaFormat.IsRecognised, AsaReader.Read),
        new(IosFormat.Name, "Cisco IOS", IosFormat.IsRecognised, IosReader.Read),
    ];
}
