using PortAudit.Traffic.Flows;
using PortAudit.Traffic.Logs.Contract;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Logs.Parts;

/// <summary>Makes the flow of a conversation.</summary>
/// <param name="source">What wrote the log.</param>
/// <param name="digits">Decimal digits of a second in its times.</param>
internal sealed class ConversationFlow(LogSource source, int digits)
{
    /// <summary>First port that Linux gives to clients by default (<c>ip_local_port_range</c>).</summary>
    private const ushort FirstClientPort = 32768;

    private const int MaximumHistory = 16;

    private static readonly (SeenFlags Flag, char Letter)[] Letters =
        [(SeenFlags.Ack, 'H'), (SeenFlags.Fin, 'F'), (SeenFlags.Rst, 'R')];

    private readonly LogTexts _histories = new();

    /// <summary>The flow.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="point">Name of its capture point.</param>
    /// <param name="isWhole">False when records of its time are missing, so that silence says nothing.</param>
    public FlowRecord Make(Conversation conversation, string point, bool isWhole)
    {
        var key = conversation.Key;
        var isLow = IsLowOriginator(conversation, out var basis);
        var (sent, received) = isLow ? (conversation.Low, conversation.High) : (conversation.High, conversation.Low);
        var (originator, responder) = isLow ? (key.Low, key.High) : (key.High, key.Low);
        var outcome = ConversationOutcome.Of(key.Transport, conversation.HasFlags,
            conversation.ShowsAnswers && isWhole, sent, received);
        var isStopped = outcome == Outcome.Rejected || (received.IsRejected && !received.IsAccepted);
        var (protocol, protocolBasis) = LogProtocol.Of(key.Transport, responder.Port);
        var flow = new FlowRecord
        {
            Id = IdOf(conversation, point),
            CapturePoint = point,
            Capture = conversation.Line.Capture,
            StartNs = conversation.StartNs,
            EndNs = Math.Max(conversation.StartNs, conversation.EndNs),
            TimestampDigits = digits,
            Transport = key.Transport,
            Vlan = VlanTags.None,
            Originator = originator,
            Responder = responder,
            DirectionBasis = basis,
            Outcome = outcome,
            History = HistoryOf(key.Transport, sent, received),
            Out = sent.Counters,
            In = received.Counters,
            SynCount = SynsOf(key.Transport, outcome, sent),
            Protocol = protocol,
            ProtocolBasis = protocolBasis,
            Log = new LogOrigin(source, conversation.Identifier, conversation.Line.Number)
            {
                IsSampled = source.HoldsSamples,
            },
            Frames = [conversation.Line],
            StoppedHow = isStopped ? conversation.Stopper : null,
        };
        return LogStop.Of(flow);
    }

    /// <summary>Who opened it: by the SYN or the SYN-ACK, else by the ports, else as the log says or saw first. Who was
    /// rejected without an answer tried to open it. A group opens nothing.</summary>
    private static bool IsLowOriginator(Conversation conversation, out DirectionBasis basis)
    {
        var key = conversation.Key;
        var (low, high) = (conversation.Low.Flags, conversation.High.Flags);
        var (lowOpens, highOpens) = (IsOpening(low), IsOpening(high));
        if (lowOpens != highOpens)
        {
            basis = DirectionBasis.Syn;
            return lowOpens;
        }

        if (!lowOpens && low.HasFlag(SeenFlags.Ack) != high.HasFlag(SeenFlags.Ack))
        {
            basis = DirectionBasis.SynAck;
            return high.HasFlag(SeenFlags.Ack);
        }

        var order = key.Transport.HasPorts
            ? FlowDirection.PortOrderOf(key.Transport, key.Low.Port, key.High.Port)
            : 0;
        if (IsOnlyRejected(conversation))
            order = (order < 0) == conversation.IsLowFirst ? order : 0;
        basis = order == 0 ? DirectionBasis.FirstPacket : DirectionBasis.Port;
        var isLow = order == 0 ? conversation.IsLowOpener ?? IsLowLikely(conversation) : order < 0;
        var (one, other) = isLow ? (key.Low, key.High) : (key.High, key.Low);
        if (one.Address.IsUnicast || !other.Address.IsUnicast)
            return isLow;
        basis = DirectionBasis.FirstPacket;
        return !isLow;
    }

    private static bool IsOnlyRejected(Conversation conversation) => conversation switch
    {
        { Low: { IsRejected: true, IsAccepted: false }, High.Sensors: 0 } => true,
        { High: { IsRejected: true, IsAccepted: false }, Low.Sensors: 0 } => true,
        _ => false,
    };

    /// <summary>The end seen first; with records of both ends, which begin within one interval, the one whose port is a
    /// client's.</summary>
    private static bool IsLowLikely(Conversation conversation)
    {
        var (low, high) = (conversation.Key.Low.Port >= FirstClientPort, conversation.Key.High.Port >= FirstClientPort);
        return conversation is { Low.Sensors: > 0, High.Sensors: > 0 } && conversation.Key.Transport.HasPorts
            && low != high ? low : conversation.IsLowFirst;
    }

    private static bool IsOpening(SeenFlags flags) =>
        flags.HasFlag(SeenFlags.Syn) && !flags.HasFlag(SeenFlags.Ack);

    /// <summary>The letters that flags and payload prove.</summary>
    private string HistoryOf(IpProtocol transport, SeenSide sent, SeenSide received)
    {
        if (transport != IpProtocol.Tcp)
            return "";
        Span<char> text = stackalloc char[MaximumHistory];
        var length = 0;
        if (IsOpening(sent.Flags))
            text[length++] = 'S';
        if (IsOpening(received.Flags))
            text[length++] = 's';
        Write(received, text, ref length, char.ToLowerInvariant);
        Write(sent, text, ref length, static letter => letter);
        return _histories.Of(text[..length]);
    }

    private static void Write(SeenSide side, Span<char> text, ref int length, Func<char, char> write)
    {
        foreach (var (flag, letter) in Letters)
        {
            if (flag == SeenFlags.Fin && side.Counters.PayloadBytes > 0)
                text[length++] = write('D');
            if (side.Flags.HasFlag(flag))
                text[length++] = write(letter);
        }
    }

    /// <summary>Packets of an originator that only tried.</summary>
    private static int SynsOf(IpProtocol transport, Outcome outcome, SeenSide sent)
    {
        if (transport != IpProtocol.Tcp || !sent.Flags.HasFlag(SeenFlags.Syn))
            return 0;
        return outcome is Outcome.Unanswered or Outcome.Rejected or Outcome.Undecided
            ? (int)Math.Clamp(sent.Counters.Packets, 1, int.MaxValue)
            : 1;
    }

    /// <summary>The line goes in, so that a flow of a log is none of a capture of the same packets.</summary>
    private static ulong IdOf(Conversation conversation, string point)
    {
        var ends = conversation.Key;
        var key = FlowKey.Between(ends.Low, ends.High, VlanTags.None, ends.Transport);
        return FlowIdHash.Of(key, conversation.StartNs, point, (ulong)conversation.Line.Number);
    }
}
