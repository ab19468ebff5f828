using System.Collections.Frozen;

namespace PortAudit.Audit.Policies.Windows;

/// <summary>A property of a rule or profile of Windows Firewall that is read; MSFT_NetFirewallRule, its filters and
/// MSFT_NetFirewallProfile have it under this name or a near one.</summary>
internal enum WindowsField
{
    Name,
    DisplayName,
    Group,
    Description,
    Enabled,
    Profile,
    Direction,
    Action,

    /// <summary>Where the rule comes from: the local computer, group policy.</summary>
    SourceType,

    /// <summary>Name of the store that the rule comes from.</summary>
    SourceName,

    Protocol,
    LocalPort,
    RemotePort,

    /// <summary>The one port of a listing: the local one inbound, the remote one outbound.</summary>
    Port,

    IcmpType,
    LocalAddress,
    RemoteAddress,

    /// <summary>Identifiers of dynamic keyword addresses, which further computers resolve ([MS-FASP] 2.2.23).</summary>
    DynamicAddresses,

    /// <summary>Proximity transports (MSFT_NetProtocolPortFilter).</summary>
    DynamicTarget,

    Program,
    Package,
    Service,
    InterfaceType,
    InterfaceAlias,
    Authentication,
    Encryption,
    OverrideBlockRules,
    LocalUser,
    RemoteUser,
    RemoteMachine,
    Owner,
    Platform,
    Schedule,

    /// <summary>The one line about IPsec that netsh has.</summary>
    Security,

    /// <summary>Something that does not change which first packet of a connection matches: edge traversal (about
    /// packets that came through Teredo), loose source mapping, the status of the rule.</summary>
    NoEffect,

    DefaultInbound,
    DefaultOutbound,
    AllowInboundRules,
    AllowLocalRules,

    /// <summary>Interfaces on which the firewall is off.</summary>
    DisabledInterfaces,
}

/// <summary>Names of properties and of columns.</summary>
internal static class WindowsFields
{
    /// <summary>By the name's letters and digits, in lower case: properties of PowerShell's objects, columns of the
    /// console's "Export List" and of published rule lists.</summary>
    private static readonly FrozenDictionary<string, WindowsField> Names = new Dictionary<string, WindowsField>
    {
        ["name"] = WindowsField.Name,
        ["instanceid"] = WindowsField.Name,
        ["ruleid"] = WindowsField.Name,
        ["displayname"] = WindowsField.DisplayName,
        ["rulename"] = WindowsField.DisplayName,
        ["group"] = WindowsField.Group,
        ["displaygroup"] = WindowsField.Group,
        ["rulegroup"] = WindowsField.Group,
        ["description"] = WindowsField.Description,
        ["notes"] = WindowsField.Description,
        ["enabled"] = WindowsField.Enabled,
        ["profile"] = WindowsField.Profile,
        ["profiles"] = WindowsField.Profile,
        ["direction"] = WindowsField.Direction,
        ["action"] = WindowsField.Action,
        ["policystoresourcetype"] = WindowsField.SourceType,
        ["protocol"] = WindowsField.Protocol,
        ["localport"] = WindowsField.LocalPort,
        ["localports"] = WindowsField.LocalPort,
        ["remoteport"] = WindowsField.RemotePort,
        ["remoteports"] = WindowsField.RemotePort,
        ["port"] = WindowsField.Port,
        ["icmptype"] = WindowsField.IcmpType,
        ["icmptypes"] = WindowsField.IcmpType,
        ["localaddress"] = WindowsField.LocalAddress,
        ["icmptypecode"] = WindowsField.IcmpType,
        ["localaddresses"] = WindowsField.LocalAddress,
        ["localip"] = WindowsField.LocalAddress,
        ["remoteaddress"] = WindowsField.RemoteAddress,
        ["remoteaddresses"] = WindowsField.RemoteAddress,
        ["remoteip"] = WindowsField.RemoteAddress,
        ["remotedynamickeywordaddresses"] = WindowsField.DynamicAddresses,
        ["dynamictarget"] = WindowsField.DynamicTarget,
        ["dynamictransport"] = WindowsField.DynamicTarget,
        ["program"] = WindowsField.Program,
        ["application"] = WindowsField.Program,
        ["apppath"] = WindowsField.Program,
        ["package"] = WindowsField.Package,
        ["applicationpackage"] = WindowsField.Package,
        ["service"] = WindowsField.Service,
        ["servicename"] = WindowsField.Service,
        ["interfacetype"] = WindowsField.InterfaceType,
        ["interfacetypes"] = WindowsField.InterfaceType,
        ["interfacealias"] = WindowsField.InterfaceAlias,
        ["authentication"] = WindowsField.Authentication,
        ["encryption"] = WindowsField.Encryption,
        ["overrideblockrules"] = WindowsField.OverrideBlockRules,
        ["override"] = WindowsField.OverrideBlockRules,
        ["localuser"] = WindowsField.LocalUser,
        ["localusers"] = WindowsField.LocalUser,
        ["authorizedlocalprincipals"] = WindowsField.LocalUser,
        ["remoteuser"] = WindowsField.RemoteUser,
        ["remoteusers"] = WindowsField.RemoteUser,
        ["authorizedusers"] = WindowsField.RemoteUser,
        ["remotemachine"] = WindowsField.RemoteMachine,
        ["remotemachines"] = WindowsField.RemoteMachine,
        ["authorizedcomputers"] = WindowsField.RemoteMachine,
        ["owner"] = WindowsField.Owner,
        ["localuserowner"] = WindowsField.Owner,
        ["platform"] = WindowsField.Platform,
        ["platforms"] = WindowsField.Platform,
        ["schedule"] = WindowsField.Schedule,
        ["edgetraversalpolicy"] = WindowsField.NoEffect,
        ["edgetraversal"] = WindowsField.NoEffect,
        ["loosesourcemapping"] = WindowsField.NoEffect,
        ["localonlymapping"] = WindowsField.NoEffect,
        ["policystoresource"] = WindowsField.SourceName,
        ["defaultinboundaction"] = WindowsField.DefaultInbound,
        ["defaultoutboundaction"] = WindowsField.DefaultOutbound,
        ["allowinboundrules"] = WindowsField.AllowInboundRules,
        ["allowlocalfirewallrules"] = WindowsField.AllowLocalRules,
        ["disabledinterfacealiases"] = WindowsField.DisabledInterfaces,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Properties that can narrow a rule. An export without one of them does not say what the rule
    /// matches.</summary>
    public static IReadOnlyList<WindowsField> Narrowing { get; } =
    [
        WindowsField.Enabled, WindowsField.Profile, WindowsField.Protocol, WindowsField.LocalPort,
        WindowsField.RemotePort, WindowsField.LocalAddress, WindowsField.RemoteAddress, WindowsField.Program,
        WindowsField.Service, WindowsField.InterfaceType, WindowsField.InterfaceAlias, WindowsField.Authentication,
        WindowsField.Encryption, WindowsField.LocalUser, WindowsField.RemoteUser, WindowsField.RemoteMachine,
    ];

    /// <summary>The field of a property or column; null when it is not one that is read.</summary>
    public static WindowsField? Of(string name) =>
        Names.TryGetValue(WindowsWords.Fold(name), out var field) ? field : null;
}
