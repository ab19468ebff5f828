using System.Runtime.CompilerServices;
using PortAudit.Traffic.Protocols;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Parts;

namespace PortAudit.Traffic.Streams;

/// <summary>The recognisers of the registry for one transport, in the registry's order.</summary>
internal sealed class RecogniserSet
{
    /// <summary>The recognisers of TCP streams.</summary>
    public static readonly RecogniserSet OverTcp = new(row => row.OverTcp, ProtocolRegistry.OfTcpPort);

    /// <summary>The recognisers of UDP datagrams.</summary>
    public static readonly RecogniserSet OverUdp = new(row => row.OverUdp, ProtocolRegistry.OfUdpPort);

    /// <summary>The recognisers of ICMP echo messages.</summary>
    public static readonly RecogniserSet OverIcmp = new(row => row.OverIcmp, null);

    private readonly IRecogniser[] _recognisers;

    /// <summary>Their method that payloads are shown to, called through these: an interface that a hundred types
    /// implement is looked up at each call.</summary>
    private readonly Asking[] _ask;
    private readonly int[] _rows;
    private readonly int[] _places;

    /// <summary>Rows of the registry by port; null where there are no ports.</summary>
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

    /// <summary>All of them.</summary>
    public Candidates All { get; }

    /// <summary>Those that weigh whole lines, whose answer does not change while a line grows.</summary>
    public Candidates OfLines { get; }

    /// <summary>Those whose datagrams may begin as this one does.</summary>
    public Candidates Of(ReadOnlySpan<byte> datagram) => datagram.IsEmpty ? All : _byFirst[datagram[0]];

    /// <summary>The recogniser at a place.</summary>
    public IRecogniser this[int place] => _recognisers[place];

    /// <summary>Index in the registry of the row at a place.</summary>
    public int RowAt(int place) => _rows[place];

    /// <summary>
    /// Asks every candidate until one has proof, and returns its place; the one for which a port is registered is asked
    /// first, as it mostly is the one. Without a proof it is the place of the first that matches in shape; -1 when none
    /// matches. Those that say no leave the candidates.
    /// </summary>
    /// <param name="conversation">What they are shown.</param>
    /// <param name="candidates">Who is asked.</param>
    /// <param name="recognition">Blank before.</param>
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

    /// <summary>Asks on behind the answer of the first. Apart from it, as the first mostly has proof.</summary>
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

    /// <summary>Enters a recogniser under the bytes that its datagrams may begin with.</summary>
    private void Enter(Candidates recogniser, Func<byte, bool> mayBeginWith)
    {
        for (var first = 0; first < _byFirst.Length; first++)
        {
            if (mayBeginWith((byte)first))
                _byFirst[first] = _byFirst[first].With(recogniser);
        }
    }

    /// <summary>The place of the protocol for which one of the ports is registered; the first of all where it is no
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
