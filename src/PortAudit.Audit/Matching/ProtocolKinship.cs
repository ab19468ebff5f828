using System.Collections.Immutable;
using PortAudit.Traffic.Protocols;
using PortAudit.Traffic.Protocols.Contract;

namespace PortAudit.Audit.Matching;

/// <summary>Whether what was seen is what a rule asks for, or of its kin (<see cref="ProtocolRow.Kin"/>).</summary>
internal static class ProtocolKinship
{
    /// <summary>True when one of <paramref name="asked"/> is <paramref name="seen"/> or counts it among its
    /// kin.</summary>
    public static bool Accepts(ImmutableArray<string> asked, string seen)
    {
        foreach (var name in asked)
        {
            if (name == seen || (ProtocolRegistry.Find(name) is { Kin: { IsEmpty: false } kin } && kin.Contains(seen)))
                return true;
        }

        return false;
    }
}
