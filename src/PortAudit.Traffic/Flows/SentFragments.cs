using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Flows;

/// <summary>Fragments that one endpoint of a flow has sent.</summary>
/// <param name="Firsts">Datagrams of which the fragment with the header came.</param>
/// <param name="Others">Other fragments.</param>
internal readonly record struct SentFragments(int Firsts, int Others)
{
    /// <summary>Datagrams that say something when no other fragment of any came: of one alone the capture may have
    /// missed the rest.</summary>
    private const int LeastDatagrams = 2;

    /// <summary>What was lost of the fragments of both endpoints; the originator's stand first. Null when nothing
    /// was.</summary>
    public static FragmentLoss? LossOf(SentFragments originator, SentFragments responder) =>
        originator.IsLoss ? new FragmentLoss(ByOriginator: true, originator.Firsts)
        : responder.IsLoss ? new FragmentLoss(ByOriginator: false, responder.Firsts)
        : null;

    private bool IsLoss => Firsts >= LeastDatagrams && Others == 0;

    /// <summary>The count with a fragment more, at which a walk stands.</summary>
    public SentFragments With(in PacketWalk walk)
    {
        var others = walk.BringsEarlier || walk.IsReassembled || !walk.BringsHeader ? 1 : 0;
        return new SentFragments(Firsts + (walk.BringsHeader ? 1 : 0), Others + others);
    }
}
