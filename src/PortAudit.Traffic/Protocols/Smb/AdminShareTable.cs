using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Protocols.Smb;

/// <summary>The administrative shares of a connection, and the programs written to them. Created when the first one is
/// seen.</summary>
internal sealed class AdminShareTable
{
    /// <summary>Pending requests and trees kept; the oldest is dropped. A client connects to one or two such
    /// shares.</summary>
    public const int Maximum = 8;

    private readonly (ulong Exchange, string? Share)[] _connecting = new (ulong, string?)[Maximum];
    private readonly (SmbTreeId Tree, string? Share)[] _trees = new (SmbTreeId, string?)[Maximum];
    private readonly (ulong Exchange, string? Share)[] _opening = new (ulong, string?)[Maximum];
    private int _nextConnecting;
    private int _nextTree;
    private int _nextOpening;

    public void Take(in SmbPipeStep step, AnnouncementNotes notes)
    {
        switch (step.Act)
        {
            case SmbPipeAct.Connect when step.Share is { } share:
                Remember(_connecting, ref _nextConnecting, step.Exchange, share);
                break;
            case SmbPipeAct.Connected when Forget(_connecting, step.Exchange) is { } share:
                _trees[_nextTree] = (step.Tree, share);
                _nextTree = (_nextTree + 1) % Maximum;
                break;
            case SmbPipeAct.Open when step.IsProgram && ShareOf(step.Tree) is { } share:
                Remember(_opening, ref _nextOpening, step.Exchange, share);
                break;
            case SmbPipeAct.Opened when Forget(_opening, step.Exchange) is { } share && step.IsMade:
                notes.Carry(CarriedKind.Program, share);
                break;
            case SmbPipeAct.Failed:
                Forget(_opening, step.Exchange);
                break;
            default:
                break;
        }
    }

    /// <summary>True for a tree of an administrative share.</summary>
    public bool Holds(SmbTreeId tree) => ShareOf(tree) is not null;

    private static void Remember((ulong Exchange, string? Share)[] all, ref int next, ulong exchange, string share)
    {
        all[next] = (exchange, share);
        next = (next + 1) % Maximum;
    }

    private static string? Forget((ulong Exchange, string? Share)[] all, ulong exchange)
    {
        foreach (ref var each in all.AsSpan())
        {
            if (each.Share is not { } share || each.Exchange != exchange)
                continue;
            each = default;
            return share;
        }

        return null;
    }

    private string? ShareOf(SmbTreeId tree)
    {
        foreach (var (each, share) in _trees)
        {
            if (share is not null && each == tree)
                return share;
        }

        return null;
    }
}
