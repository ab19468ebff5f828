using PortAudit.Traffic.Records;

namespace PortAudit.Audit.State;

/// <summary>How the behaviour of a flow is persisted.</summary>
internal static class BehaviourContent
{
    public static FlowBehaviour Behaviour(StateArchive archive, FlowBehaviour? own) => new(
        archive.Count(own?.Packets ?? 0),
        archive.Count(own?.Turns ?? 0),
        archive.Count(own?.Bursts ?? 0),
        archive.Number(own?.SpanNs ?? 0),
        Direction(archive, own?.Out),
        Direction(archive, own?.In));

    private static DirectionBehaviour Direction(StateArchive archive, DirectionBehaviour? own) => new(
        archive.Count(own?.Empty ?? 0),
        archive.Number(own?.PayloadBytes ?? 0),
        archive.Number(own?.SquareSum ?? 0),
        archive.Optional(own?.Disorder, static (archive, value) => archive.Octet(value)),
        archive.Array(own?.Sizes ?? [], static (archive, count) => archive.Count(count)),
        archive.Array(own?.Gaps ?? [], static (archive, count) => archive.Count(count)));
}
