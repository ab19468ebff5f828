using System.Collections.Immutable;
using PortAudit.Traffic.Protocols;

namespace PortAudit.Audit.Behaviour;

/// <summary>Kinds of behaviour that no ordinary use of a protocol shows. Protocols that carry anything, such as HTTP,
/// SMB and TLS, have none.</summary>
internal static class UnlikeProtocol
{
    private static readonly ImmutableArray<BehaviourKind> OfMedia =
        [BehaviourKind.BulkTransfer, BehaviourKind.Web, BehaviourKind.InteractiveShell, BehaviourKind.Tunnel];

    private static readonly ImmutableArray<BehaviourKind> OfQueries =
        [BehaviourKind.Voice, BehaviourKind.Video, BehaviourKind.RemoteDesktop, BehaviourKind.Tunnel];

    /// <summary>True when a flow of this kind would be a strange use of each of these protocols.</summary>
    /// <param name="protocols">Registry names; none say nothing.</param>
    /// <param name="kind">The kind.</param>
    public static bool Holds(ImmutableArray<string> protocols, BehaviourKind kind) =>
        !protocols.IsEmpty && protocols.All(protocol => KindsOf(protocol).Contains(kind));

    private static ImmutableArray<BehaviourKind> KindsOf(string protocol) => ProtocolRegistry.Find(protocol) switch
    {
        { IsMedia: true } or { RelaysMedia: true } => OfMedia,
        { IsQueries: true } => OfQueries,
        _ => [],
    };
}
