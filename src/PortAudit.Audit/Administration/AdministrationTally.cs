using PortAudit.Audit.Findings;
using PortAudit.Audit.Matching;
using PortAudit.Audit.State;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Records;

namespace PortAudit.Audit.Administration;

/// <summary>Flows of one sensitive operation between two roles.</summary>
internal sealed class AdministrationTally : IArchived
{
    /// <summary>Different uses named at most; programs make some dozen calls.</summary>
    public const int MaximumUses = 24;

    /// <summary>
    /// Payload, in bytes of both directions, beyond which a connection holds more than key exchange and failed logins:
    /// a packet of key exchange has some 4 kB at most, and OpenSSH's server ends a connection after six failed
    /// logins (MaxAuthTries) of some 2 kB.
    /// </summary>
    public const long MaximumLoginBytes = 64 * 1024;

    public FlowGroup Flows { get; } = new();

    /// <summary>Flows that carried more than a login needs.</summary>
    public long Sessions { get; private set; }

    /// <summary>What was used: kind, name, and number of the call.</summary>
    public BottomKSet<(CarriedKind Kind, string Name, ushort Operation)> Uses { get; } =
        new(MaximumUses, Comparer<(CarriedKind Kind, string Name, ushort Operation)>.Create((a, b) =>
            string.CompareOrdinal(a.Name, b.Name) is not 0 and var order
                ? order
                : (a.Kind, a.Operation).CompareTo((b.Kind, b.Operation))));

    public BottomKSet<FrameReference> Frames { get; } = new(FlowGroup.MaximumAnnouncingFrames);

    public void Add(Judgement judgement, OperationUse operation)
    {
        Flows.Add(judgement);
        var flow = judgement.Flow;
        Sessions += flow.Out.PayloadBytes + flow.In.PayloadBytes > MaximumLoginBytes * flow.Count ? flow.Count : 0;
        foreach (var use in operation.Uses)
        {
            Uses.Add((use.Kind, use.Name, use.Operation));
            Frames.Add(use.Frame);
        }
    }

    public void UnionWith(AdministrationTally other)
    {
        Flows.UnionWith(other.Flows);
        Sessions += other.Sessions;
        Uses.UnionWith(other.Uses);
        Frames.UnionWith(other.Frames);
    }

    public void Persist(StateArchive archive)
    {
        Flows.Persist(archive);
        Sessions = archive.Number(Sessions);
        Uses.Persist(archive, static (archive, use) =>
            (archive.Word(use.Kind), archive.Text(use.Name ?? ""), archive.Port(use.Operation)));
        Frames.Persist(archive, StateValues.Frame);
    }
}
