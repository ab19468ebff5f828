using PortAudit.Audit.Policies.Model;

namespace PortAudit.Audit.Policies.Windows;

/// <summary>The network profiles of Windows, with the numbers of FW_PROFILE_TYPE ([MS-FASP] 2.2.2).</summary>
[Flags]
internal enum NetworkProfiles
{
    None = 0,
    Domain = 1,
    Private = 2,
    Public = 4,
    All = Domain | Private | Public,
}

/// <summary>What a rule does.</summary>
internal enum WindowsAction
{
    Allow,
    Block,

    /// <summary>Allows what IPsec authenticated, even where another rule blocks it.</summary>
    Bypass,
}

/// <summary>The settings of a profile (MSFT_NetFirewallProfile). Unless stated otherwise: on, inbound blocked, outbound
/// allowed, rules of the local computer merged with those of group policy.</summary>
internal sealed class ProfileSettings
{
    /// <summary>The line that states them; 0 when none does.</summary>
    public int Line { get; set; }

    /// <summary>False when the firewall is off in this profile: everything passes.</summary>
    public bool IsOn { get; set; } = true;

    /// <summary>True when inbound packets pass that no rule matches.</summary>
    public bool AllowsInbound { get; set; }

    /// <summary>True when outbound packets pass that no rule matches.</summary>
    public bool AllowsOutbound { get; set; } = true;

    /// <summary>False when inbound packets are blocked whatever the rules say ("shields up").</summary>
    public bool UsesInboundRules { get; set; } = true;

    /// <summary>False when only rules of group policy apply.</summary>
    public bool UsesLocalRules { get; set; } = true;

    /// <summary>What happens to a packet that no rule matches.</summary>
    public PolicyAction Default(bool isInbound)
    {
        var allows = isInbound ? AllowsInbound && UsesInboundRules : AllowsOutbound;
        return allows || !IsOn ? PolicyAction.Permit : PolicyAction.Drop;
    }
}
