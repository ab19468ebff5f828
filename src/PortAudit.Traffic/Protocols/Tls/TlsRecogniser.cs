using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Stun;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Tls;

/// <summary>
/// Recognises SSL 3.0 and TLS over TCP by either hello (RFC 8446 §4.1, RFC 5246 §7.4.1), by an SSL 2.0 hello of either
/// side, or, in a stream that was joined in the middle, by two records in a row, or one of application data with which
/// the captured stream ends, as connections that are only kept alive show no more. The service inside is named by ALPN
/// alone: by the server's selection, or in TLS 1.3, which hides it, by an offer that leaves no choice. The pseudo-TLS
/// of Microsoft's TURN is <see cref="MsTurnRecogniser"/>'s.
/// </summary>
/// <param name="services"> The services of ALPN names. Asked for with the first handshake: they come from the registry,
/// whose rows hold this recogniser. </param>
internal sealed class TlsRecogniser(Func<AlpnServices> services) : IRecogniser
{
    /// <summary>A hello is as long as its lists can make it: session id, suites, compression methods and extensions,
    /// each with its length.</summary>
    private const int MaximumHello =
        TlsHello.FixedLength + 1 + 32 + 2 + ushort.MaxValue + 1 + byte.MaxValue + 2 + ushort.MaxValue;

    private const int VersionLength = 2;
    private const byte LastAlert = 116;
    private const byte NoApplicationProtocol = 120;

    /// <summary>Shortest fragment of application data that a lone record may have: a byte and the tag of the shortest
    /// cipher (RFC 8446 §5.2).</summary>
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

    /// <summary>The first look, which lets nearly everything else go by.</summary>
    private static bool IsForeign(ReadOnlySpan<byte> stream) =>
        !stream.IsEmpty && stream[0] is not (>= (byte)TlsContent.ChangeCipherSpec
            and <= (byte)TlsContent.ApplicationData or >= 0x80 and <= 0x8F);

    /// <summary>Adds what both directions of a handshake show. Apart, so that other streams do not pay for the room
    /// that it takes.</summary>
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

    /// <summary>Weighs the first message, whose type, length and version nearly always stand in the first
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

    /// <summary>One record, and right behind it the header of another of the same version, or nothing yet.</summary>
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

    /// <summary>True when all that was seen is an alert in clear (RFC 8446 §6): so a server refuses what is no
    /// TLS.</summary>
    private static bool IsLoneAlert(ReadOnlySpan<byte> stream, ReadOnlySpan<byte> other) =>
        other.IsEmpty && TlsRecord.TryParse(stream, out var record, out _) && record.Content == TlsContent.Alert
        && stream.Length == record.TotalLength
        && record.Fragment is [1 or 2, <= LastAlert or NoApplicationProtocol];
}
