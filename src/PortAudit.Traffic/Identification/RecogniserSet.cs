using PortAudit.Traffic.Protocols;

namespace PortAudit.Traffic.Identification;

/// <summary>The recognisers of the registry for one transport, in the registry's order. A set of them is a number with one bit each.</summary>
internal sealed class RecogniserSet
{
    /// <summary>Recognisers of one transport at most: the bits of a <see cref="UInt128"/>.</summary>
    public const int Maximum = 128;

    /// <summary>The recognisers of TCP streams.</summary>
    public static readonly RecogniserSet OverTcp = new(row => row.OverTcp);

    /// <summary>The recognisers of UDP datagrams.</summary>
    public static readonly RecogniserSet OverUdp = new(row => row.OverUdp);

    private readonly IRecogniser[] _recognisers;
    private readonly int[] _rows;

    private RecogniserSet(Func<ProtocolRow, IRecogniser?> recogniserOf)
    {
        _rows = [.. Enumerable.Range(0, ProtocolRegistry.Rows.Length).Where(row => recogniserOf(ProtocolRegistry.Rows[row]) is not null)];
        _recognisers = [.. _rows.Select(row => recogniserOf(ProtocolRegistry.Rows[row])!)];
        All = _rows.Length == Maximum ? UInt128.MaxValue : (UInt128.One << _rows.Length) - UInt128.One;
    }

    /// <summary>All of them.</summary>
    public UInt128 All { get; }

    /// <summary>The recogniser at a place.</summary>
    public IRecogniser this[int place] => _recognisers[place];

    /// <summary>Index in the registry of the row at a place.</summary>
    public int RowAt(int place) => _rows[place];

    /// <summary>The set of one place.</summary>
    public static UInt128 Only(int place) => UInt128.One << place;

    /// <summary>
    /// Asks every candidate until one has proof, and returns its place. Without a proof it is the place of the first that matches in shape; -1 when none
    /// matches. Those that say no leave the candidates.
    /// </summary>
    public int Ask(in Conversation conversation, ref UInt128 candidates, ref Recognition recognition)
    {
        var remaining = candidates;
        var shaped = -1;
        while (remaining != UInt128.Zero)
        {
            var place = (int)UInt128.TrailingZeroCount(remaining);
            remaining &= remaining - UInt128.One;
            var found = default(Recognition);
            var answer = _recognisers[place].Recognise(conversation, ref found);
            if (answer == RecogniserAnswer.NoMatch)
                candidates &= ~Only(place);
            if (answer != RecogniserAnswer.Match || (found.Strength == MatchStrength.Shape && shaped >= 0))
                continue;
            recognition = found;
            if (found.Strength == MatchStrength.Proof)
                return place;
            shaped = place;
        }

        return shaped;
    }
}
