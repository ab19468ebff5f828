namespace PortAudit.Traffic.Wire;

/// <summary>Names of <see cref="TunnelKind"/>.</summary>
internal static class TunnelKindNames
{
    /// <summary>The name in reports.</summary>
    public static string ToText(this TunnelKind kind) => kind switch
    {
        TunnelKind.Gre => "gre",
        TunnelKind.Pptp => "pptp",
        TunnelKind.Erspan => "erspan",
        TunnelKind.IpInIp => "ipip",
        TunnelKind.Ipv6InIpv4 => "6in4",
        TunnelKind.Ipv4InIpv6 => "4in6",
        TunnelKind.AuthenticationHeader => "ah",
        TunnelKind.EtherIp => "etherip",
        TunnelKind.Vxlan => "vxlan",
        TunnelKind.Geneve => "geneve",
        TunnelKind.Teredo => "teredo",
        TunnelKind.L2tp => "l2tp",
        TunnelKind.GtpUser => "gtp-u",
        TunnelKind.Mpls => "mpls",
        TunnelKind.Capwap => "capwap",
        TunnelKind.Lisp => "lisp",
        TunnelKind.PimRegister => "pim",
        TunnelKind.Tzsp => "tzsp",
        TunnelKind.Nvgre => "nvgre",
        TunnelKind.BackboneService => "pbb",
        TunnelKind.Ayiya => "ayiya",
        TunnelKind.None => "",
    };
}
