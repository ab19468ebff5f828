using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Stun;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Tls;

/// <summary>Recognises SSL 3.0 and TLS over TCP by either hello (RFC 8446 §4.1, RFC 5246 §7.4.1), by an SSL 2.0 hello
/// of either side, or, in a stream joined in the middle, by two consecutive records, or a single one of application
/// data at the end of the captured stream, as in idle connections. The inner service is named only by ALPN: by the
/// server's selection, or, when TLS 1.3 hides that, by an unambiguous offer. The pseudo-TLS of Microsoft's TURN belongs
/// to <see cref="MsTurnRecogniser"/>.</summary>
/// <param name="services">Services by ALPN name. Evaluated at the first handshake: they come from the registry, whose
/// rows contain this recogniser.</param>
internal sealed class TlsRecogniser(Func<AlpnServices> services) : IRecogniser
{
    /// <summary>Longest hello: session id, suites, compression methods and extensions, each with its length.</summary>
    private const int MaximumHello =
        TlsHello.FixedLength + 1 + 32 + 2 + ushort.MaxValue + 1 + byte.MaxValue + 2 + ushort.MaxValue;

    private const int VersionLength = 2;
    private const byte LastAlert = 116;
    private const byte NoApplicationProtocol = 120;

    /// <summary>Shortest fragment of application data in a single record: a byte and the shortest cipher's tag (RFC
    /// 8446 §5.2).</summary>
    private const int ShortestLone = 17;

    /// <inheritdoc />
    public bool KnowsReplies => true;

    /// <inheritdoc />
    public RecogniserAnswer Recognise(in Conversation conversation, ref Recognition recognition)
    {
        if (conversation.Transport != IpProtocol.Tcp
            || IsForeign(conversation.FromOriginator) && IsForeign(conversation.FromResponder))
            return RecogniserAnswer.NoMatch;
        var (originator, responder) =
            (MsTurnPseudoTls.Weigh(conversation.FromOriginator), MsTurnPseudoTls.Weigh(conversation.FromResponder));
        if (originator is SideMatch.Request or SideMatch.Reply || responder is SideMatch.Request or SideMatch.Reply)
            return RecogniserAnswer.NoMatch;
        var sides = new TwoSidedMatch(Weigh(conversation.FromOriginator, originator),
            Weigh(conversation.FromResponder, responder))
        { RepliesProve = true };
        var answer = sides.Answer(conversation.Transport, ref recognition);
        if (answer == RecogniserAnswer.NeedMoreData && (IsLoneAlert(conversation.FromOriginator,
            conversation.FromResponder) || IsLoneAlert(conversation.FromResponder, conversation.FromOriginator)))
            return RecogniserAnswer.Match;
        if (answer == RecogniserAnswer.Match && recognition.Client != ClientSide.Unknown)
            Describe(conversation, recognition.Client == ClientSide.Originator, ref recognition);
        return answer;
    }

    /// <summary>Fast test that rejects nearly everything else.</summary>
    private static bool IsForeign(ReadOnlySpan<byte> stream) =>
        !stream.IsEmpty && stream[0] is not (>= (byte)TlsContent.ChangeCipherSpec
            and <= (byte)TlsContent.ApplicationData or >= 0x80 and <= 0x8F);

    /// <summary>Adds the results of both directions of a handshake. A separate method, so that other streams do not pay
    /// for its stack space.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Describe(in Conversation conversation, bool isForward, ref Recognition recognition)
    {
        var flights = default(TlsFlights);
        flights.Client.Services = flights.Server.Services = services();
        flights.Client.Read(isForward ? conversation.FromOriginator : conversation.FromResponder);
        flights.Server.Read(isForward ? conversation.FromResponder : conversation.FromOriginator);
        recognition.WantsMore = flights.IsUnderWay;
        if (flights.Client.IsOver != flights.Server.IsOver)
            recognition.Awaits = flights.Client.IsOver == isForward ? ClientSide.Responder : ClientSide.Originator;
        recognition.Service =
            TlsVersion.HidesHandshake(flights.Server.Version) ? flights.Client.Service : flights.Server.Service;
        recognition.ServiceBasis =
            recognition.Service is null ? IdentificationBasis.None : IdentificationBasis.Handshake;
    }

    private static SideMatch Weigh(ReadOnlySpan<byte> stream, SideMatch asPseudo)
    {
        if (stream.IsEmpty)
            return SideMatch.NoData;
        if (SslV2Hello.MayBegin(stream))
            return WeighOld(stream);
        if (!TlsRecord.TryParse(stream, out var record, out var error))
            return error == ParseError.Incomplete ? SideMatch.Partial : SideMatch.Mismatch;
        if (asPseudo == SideMatch.Partial)
            return SideMatch.Partial;
        if (record.Content != TlsContent.Handshake)
            return WeighRecords(stream, record);
        var evidence = WeighHello(stream, record.Fragment);
        return evidence == SideMatch.Mismatch ? WeighRecords(stream, record) : evidence;
    }

    private static SideMatch WeighOld(ReadOnlySpan<byte> stream)
    {
        if (SslV2Hello.TryParse(stream, out _, out var clientError))
            return SideMatch.Request;
        if (SslV2ServerHello.TryParse(stream, out _, out var serverError))
            return SideMatch.Reply;
        return clientError == ParseError.Incomplete || serverError == ParseError.Incomplete
            ? SideMatch.Partial
            : SideMatch.Mismatch;
    }

    /// <summary>Examines the first message, whose type, length and version are nearly always in the first
    /// record.</summary>
    private static SideMatch WeighHello(ReadOnlySpan<byte> stream, ReadOnlySpan<byte> fragment)
    {
        if (fragment.Length < TlsHandshakeMessage.HeaderLength + VersionLength)
            return WeighSpanningHello(stream);
        var header = BinaryPrimitives.ReadUInt32BigEndian(fragment);
        return WeighHello((TlsMessageType)(header >> 24), (int)(header & 0x00FF_FFFF),
            fragment[TlsHandshakeMessage.HeaderLength..]);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static SideMatch WeighSpanningHello(ReadOnlySpan<byte> stream)
    {
        Span<byte> scratch = stackalloc byte[VersionLength];
        var reader = new TlsHandshakeReader(stream, scratch);
        if (reader.TryRead(out var message))
            return WeighHello(message.Type, message.Length, message.Body);
        return reader.End == TlsHandshakeEnd.OutOfBytes ? SideMatch.Partial : SideMatch.Mismatch;
    }

    private static SideMatch WeighHello(TlsMessageType type, int length, ReadOnlySpan<byte> body)
    {
        if (type is not (TlsMessageType.ClientHello or TlsMessageType.ServerHello)
            || length is < TlsHello.FixedLength or > MaximumHello)
            return SideMatch.Mismatch;
        if (body.Length > 0 && body[0] != TlsVersion.Major)
            return SideMatch.Mismatch;
        if (body.Length < VersionLength)
            return SideMatch.Partial;
        return type == TlsMessageType.ClientHello ? SideMatch.Request : SideMatch.Reply;
    }

    /// <summary>A record followed by the header of another of the same version, or by nothing so far.</summary>
    private static SideMatch WeighRecords(ReadOnlySpan<byte> stream, TlsRecord first)
    {
        if (first.IsCut)
            return SideMatch.Partial;
        if (stream.Length == first.TotalLength && first.Content == TlsContent.ApplicationData
            && first.Fragment.Length >= ShortestLone)
            return SideMatch.EitherSide;
        if (TlsRecord.TryParse(stream[first.TotalLength..], out var second, out var error))
            return second.Version == first.Version ? SideMatch.EitherSide : SideMatch.Mismatch;
        return error == ParseError.Incomplete ? SideMatch.Partial : SideMatch.Mismatch;
    }

    /// <summary>True for nothing but an unencrypted alert (RFC 8446 §6): a server's response to bytes that are not
    /// TLS.</summary>
    private static bool IsLoneAlert(ReadOnlySpan<byte> stream, ReadOnlySpan<byte> other) =>
        other.IsEmpty && TlsRecord.TryParse(stream, out var record, out _) && record.Content == TlsContent.Alert
        && stream.Length == record.TotalLength
        && record.Fragment is [1 or 2, <= LastAlert or NoApplicationProtocol];
}
