using System.Collections.Immutable;
using PortAudit.Audit.Policies.Model;

namespace PortAudit.Audit.Policies.Netfilter;

/// <summary>Where the kernel applies a base chain (nft(8), "hooks").</summary>
internal enum ChainHook
{
    Ingress,
    Prerouting,
    Input,
    Forward,
    Output,
    Postrouting,
    Egress,
}

/// <summary>The hooks by name, and what passes them.</summary>
internal static class ChainHooks
{
    /// <summary>The hook of a name, in capitals as iptables has it or in small letters; null for another
    /// name.</summary>
    public static ChainHook? Named(string name) => name.ToUpperInvariant() switch
    {
        "INGRESS" => ChainHook.Ingress,
        "PREROUTING" => ChainHook.Prerouting,
        "INPUT" => ChainHook.Input,
        "FORWARD" => ChainHook.Forward,
        "OUTPUT" => ChainHook.Output,
        "POSTROUTING" => ChainHook.Postrouting,
        "EGRESS" => ChainHook.Egress,
        _ => null,
    };

    /// <summary>Which packets pass a hook: all that arrive meet the ones before routing, all that leave meet those
    /// behind it.</summary>
    public static ImmutableArray<PolicyHook> Passing(ChainHook hook) => hook switch
    {
        ChainHook.Ingress or ChainHook.Prerouting => [PolicyHook.Forward, PolicyHook.Input],
        ChainHook.Input => [PolicyHook.Input],
        ChainHook.Forward => [PolicyHook.Forward],
        ChainHook.Output => [PolicyHook.Output],
        ChainHook.Postrouting or ChainHook.Egress => [PolicyHook.Forward, PolicyHook.Output],
    };
}
