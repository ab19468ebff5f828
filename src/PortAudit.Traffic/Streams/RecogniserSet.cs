using System.Runtime.CompilerServices;
using PortAudit.Traffic.Protocols;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Parts;

namespace PortAudit.Traffic.Streams;

/// <summary>The recognisers for one transport, in registry order.</summary>
internal sealed class RecogniserSet
{
    public static readonly RecogniserSet OverTcp = new(row => row.OverTcp, ProtocolRegistry.OfTcpPort);

    public static readonly RecogniserSet OverUdp = new(row => row.OverUdp, ProtocolRegistry.OfUdpPort);

    public static readonly RecogniserSet OverIcmp = new(row => row.OverIcmp, null);

    private readonly IRecogniser[] _recognisers;

    /// <summary>Delegates to the recognisers: calls through an interface with a hundred implementations need a lookup
    /// each time.</summary>
    private readonly Recognising[] _recognise;
    private readonly int[] _rows;
    private readonly int[] _indexes;

    /// <summary>Registry rows by port; null without ports.</summary>
    private readonly RowIndex? _ofPort;
    private readonly Candidates[] _byFirst = new Candidates[byte.MaxValue + 1];

    private delegate RecogniserAnswer Recognising(in Conversation conversation, ref Recognition recognition);

    private RecogniserSet(Func<ProtocolRow, IRecogniser?> recogniserOf, RowIndex? ofPort)
    {
        _ofPort = ofPort;
        var rows = ProtocolRegistry.Rows;
        (_recognisers, _recognise, _rows, _indexes) =
            (new IRecogniser[rows.Length], new Recognising[rows.Length], new int[rows.Length], new int[rows.Length]);
        var count = 0;
        for (var row = 0; row < rows.Length; row++)
        {
            _indexes[row] = Candidates.None;
            if (recogniserOf(rows[row]) is not { } recogniser)
                continue;
            (_recognisers[count], _recognise[count], _rows[count], _indexes[row]) =
                (recogniser, recogniser.Recognise, row, count);
            if (recogniser is CommandReplyRecogniser)
                OfLines = OfLines.With(Candidates.Only(count));
            Enter(Candidates.Only(count), recogniser.MayBeginWith);
            count++;
        }

        All = Candidates.All(count);
    }

    public Candidates All { get; }

    /// <summary>Those that test whole lines; their result does not change while a line grows.</summary>
    public Candidates OfLines { get; }

    /// <summary>Those whose datagrams may begin with this one's first byte.</summary>
    public Candidates Of(ReadOnlySpan<byte> datagram) => datagram.IsEmpty ? All : _byFirst[datagram[0]];

    public IRecogniser this[int index] => _recognisers[index];

    /// <summary>Registry index of the row at an index.</summary>
    public int RowAt(int index) => _rows[index];

    /// <summary>Tries the candidates until one has proof, and returns its index. Begins with the protocol registered
    /// for a port, usually the right one. Without proof returns the first that matches in shape; -1 without a match.
    /// Those that reject are removed from the candidates.</summary>
    public int TryAll(in Conversation conversation, ref Candidates candidates, ref Recognition recognition)
    {
        var first = FirstOf(conversation, candidates);
        if (first == Candidates.None)
            return Candidates.None;
        var answer = _recognise[first](conversation, ref recognition);
        if (answer == RecogniserAnswer.Match && recognition.Strength == MatchStrength.Proof)
            return first;
        return TryOthers(conversation, first, answer, ref candidates, ref recognition);
    }

    /// <summary>Continues after the first recogniser. A separate method, as the first usually has proof.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private int TryOthers(in Conversation conversation, int first, RecogniserAnswer answer, ref Candidates candidates,
        ref Recognition recognition)
    {
        var (remaining, shaped, shape) = (candidates, Candidates.None, default(Recognition));
        for (var index = first; index != Candidates.None; index = remaining.First)
        {
            remaining = remaining.Without(index);
            if (index != first)
            {
                recognition = default;
                answer = _recognise[index](conversation, ref recognition);
            }

            if (answer == RecogniserAnswer.NoMatch)
                candidates = candidates.Without(index);
            if (answer != RecogniserAnswer.Match)
                continue;
            if (recognition.Strength == MatchStrength.Proof)
                return index;
            if (shaped == Candidates.None || index < shaped)
                (shaped, shape) = (index, recognition);
        }

        recognition = shape;
        return shaped;
    }

    /// <summary>Registers a recogniser for the first bytes that its datagrams may have.</summary>
    private void Enter(Candidates recogniser, Func<byte, bool> mayBeginWith)
    {
        for (var first = 0; first < _byFirst.Length; first++)
        {
            if (mayBeginWith((byte)first))
                _byFirst[first] = _byFirst[first].With(recogniser);
        }
    }

    /// <summary>The index of the protocol registered for one of the ports; if it is no candidate, the first
    /// candidate.</summary>
    private int FirstOf(in Conversation conversation, in Candidates candidates)
    {
        if (_ofPort is null)
            return candidates.First;
        var row = _ofPort.IndexOf(conversation.ResponderPort);
        if (row < 0)
            row = _ofPort.IndexOf(conversation.OriginatorPort);
        var index = row < 0 ? Candidates.None : _indexes[row];
        return index != Candidates.None && candidates.Has(index) ? index : candidates.First;
    }
}
