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
    private readonly Asking[] _ask;
    private readonly int[] _rows;
    private readonly int[] _places;

    /// <summary>Registry rows by port; null without ports.</summary>
    private readonly RowIndex? _ofPort;
    private readonly Candidates[] _byFirst = new Candidates[byte.MaxValue + 1];

    private delegate RecogniserAnswer Asking(in Conversation conversation, ref Recognition recognition);

    private RecogniserSet(Func<ProtocolRow, IRecogniser?> recogniserOf, RowIndex? ofPort)
    {
        _ofPort = ofPort;
        var rows = ProtocolRegistry.Rows;
        (_recognisers, _ask, _rows, _places) =
            (new IRecogniser[rows.Length], new Asking[rows.Length], new int[rows.Length], new int[rows.Length]);
        var count = 0;
        for (var row = 0; row < rows.Length; row++)
        {
            _places[row] = Candidates.None;
            if (recogniserOf(rows[row]) is not { } recogniser)
                continue;
            (_recognisers[count], _ask[count], _rows[count], _places[row]) =
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

    public IRecogniser this[int place] => _recognisers[place];

    /// <summary>Registry index of the row at an index.</summary>
    public int RowAt(int place) => _rows[place];

    /// <summary>Tries the candidates until one has proof, and returns its index. Begins with the protocol registered
    /// for a port, usually the right one. Without proof returns the first that matches in shape; -1 without a match.
    /// Those that reject are removed from the candidates.</summary>
    public int Ask(in Conversation conversation, ref Candidates candidates, ref Recognition recognition)
    {
        var first = FirstOf(conversation, candidates);
        if (first == Candidates.None)
            return Candidates.None;
        var answer = _ask[first](conversation, ref recognition);
        if (answer == RecogniserAnswer.Match && recognition.Strength == MatchStrength.Proof)
            return first;
        return AskOthers(conversation, first, answer, ref candidates, ref recognition);
    }

    /// <summary>Continues after the first recogniser. A separate method, as the first usually has proof.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private int AskOthers(in Conversation conversation, int first, RecogniserAnswer answer, ref Candidates candidates,
        ref Recognition recognition)
    {
        var (remaining, shaped, shape) = (candidates, Candidates.None, default(Recognition));
        for (var place = first; place != Candidates.None; place = remaining.First)
        {
            remaining = remaining.Without(place);
            if (place != first)
            {
                recognition = default;
                answer = _ask[place](conversation, ref recognition);
            }

            if (answer == RecogniserAnswer.NoMatch)
                candidates = candidates.Without(place);
            if (answer != RecogniserAnswer.Match)
                continue;
            if (recognition.Strength == MatchStrength.Proof)
                return place;
            if (shaped == Candidates.None || place < shaped)
                (shaped, shape) = (place, recognition);
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
        var row = _ofPort.PlaceOf(conversation.ResponderPort);
        if (row < 0)
            row = _ofPort.PlaceOf(conversation.OriginatorPort);
        var place = row < 0 ? Candidates.None : _places[row];
        return place != Candidates.None && candidates.Has(place) ? place : candidates.First;
    }
}
