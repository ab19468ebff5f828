using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Flows;

/// <summary>Counts of fragments sent by one endpoint of a flow.</summary>
/// <param name="Firsts">Datagrams whose first fragment, with the header, came.</param>
/// <param name="Others">Other fragments.</param>
internal readonly record struct SentFragments(int Firsts, int Others)
{
    /// <summary>Datagrams without further fragments needed as proof: of a single one the capture may have missed
    /// them.</summary>
    private const int LeastDatagrams = 2;

    /// <summary>Fragment loss of both endpoints, the originator's first; null without loss.</summary>
    public static FragmentLoss? LossOf(SentFragments originator, SentFragments responder) =>
        originator.IsLoss ? new FragmentLoss(ByOriginator: true, originator.Firsts)
        : responder.IsLoss ? new FragmentLoss(ByOriginator: false, responder.Firsts)
        : null;

    private bool IsLoss => Firsts >= LeastDatagrams && Others == 0;

    /// <summary>The count including the walk's current fragment.</summary>
    public SentFragments With(in PacketWalk walk)
    {
        var others = walk.BringsEarlier || walk.IsReassembled || !walk.BringsHeader ? 1 : 0;
        return new SentFragments(Firsts + (walk.BringsHeader ? 1 : 0), Others + others);
    }
}
