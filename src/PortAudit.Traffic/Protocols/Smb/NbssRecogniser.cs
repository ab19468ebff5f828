using System.Buffers;
using System.Buffers.Binary;
using PortAudit.Traffic.Identification;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Smb;

/// <summary>
/// Recognises a NetBIOS session by its set-up (RFC 1002 §4.3): the session request with its two encoded names, or the answer to it. What
/// the session then carries names the service. SMB without a set-up in sight is <see cref="SmbRecogniser"/>'s.
/// </summary>
internal sealed class NbssRecogniser : IRecogniser
{
    private const byte SessionRequest = 0x81;
    private const byte PositiveResponse = 0x82;
    private const byte NegativeResponse = 0x83;

    /// <summary>The lowest of the error codes 0x80 to 0x83 and 0x8F (RFC 1002 §4.3.4).</summary>
    private const byte FirstErrorCode = 0x80;
    private const byte LastErrorCode = 0x8F;

    /// <summary>Called name and calling name, each 34 bytes without a scope (RFC 1001 §14.1).</summary>
    private const int NamesLength = 68;

    /// <summary>Two names of the longest that DNS's form allows (255 bytes each).</summary>
    private const int MaximumNamesLength = 510;
    private const int EncodedNameLength = 32;

    private static readonly SearchValues<byte> EncodedName = SearchValues.Create("ABCDEFGHIJKLMNOP"u8);

    /// <inheritdoc />
    public RecogniserAnswer Recognise(in Conversation conversation, ref Recognition recognition)
    {
        if (conversation.Transport != IpProtocol.Tcp)
            return RecogniserAnswer.NoMatch;
        var testimony = new Testimony(
            WeighSetUp(conversation.FromOriginator, out var fromOriginator),
            WeighSetUp(conversation.FromResponder, out var fromResponder));
        var answer = testimony.Answer(conversation.Transport, ref recognition);
        if (answer == RecogniserAnswer.Match)
            NameService(SmbOpening.Read(fromOriginator), SmbOpening.Read(fromResponder), ref recognition);
        return answer;
    }

    private static void NameService(SmbOpening originator, SmbOpening responder, ref Recognition recognition)
    {
        var spoken = SmbRecogniser.Spoken(originator, responder);
        var isForeign = originator.Evidence == Evidence.Foreign || responder.Evidence == Evidence.Foreign;
        recognition.WantsMore = spoken is SmbGeneration.Open or SmbGeneration.Unknown && !isForeign;
        recognition.Service = spoken switch
        {
            SmbGeneration.First => "smb",
            SmbGeneration.Second => "smb2",
            _ => null,
        };
        if (recognition.Service is not null)
            recognition.ServiceBasis = IdentificationBasis.Payload;
    }

    /// <summary>Weighs the set-up; <paramref name="session"/> is what follows it.</summary>
    private static Evidence WeighSetUp(ReadOnlySpan<byte> stream, out ReadOnlySpan<byte> session)
    {
        session = default;
        if (stream.IsEmpty)
            return Evidence.Silence;
        if (stream[0] is not (SessionRequest or PositiveResponse or NegativeResponse))
            return Evidence.Foreign;
        if (stream.Length < SmbOpening.SessionHeaderLength)
            return Evidence.Unfinished;
        var length = (int)(BinaryPrimitives.ReadUInt32BigEndian(stream) & 0x00FF_FFFF);
        var body = stream[SmbOpening.SessionHeaderLength..];
        session = body[Math.Min(body.Length, length)..];
        return stream[0] switch
        {
            SessionRequest => WeighRequest(body, length),
            PositiveResponse => WeighPositive(session, length),
            _ => WeighNegative(body, length),
        };
    }

    private static Evidence WeighRequest(ReadOnlySpan<byte> body, int length)
    {
        if (length is < NamesLength or > MaximumNamesLength || (body.Length > 0 && body[0] != EncodedNameLength))
            return Evidence.Foreign;
        var name = body[Math.Min(1, body.Length)..Math.Min(1 + EncodedNameLength, body.Length)];
        if (name.ContainsAnyExcept(EncodedName))
            return Evidence.Foreign;
        return name.Length == EncodedNameLength ? Evidence.Request : Evidence.Unfinished;
    }

    /// <summary>Four bytes prove nothing until a message of SMB follows them.</summary>
    private static Evidence WeighPositive(ReadOnlySpan<byte> session, int length)
    {
        if (length != 0)
            return Evidence.Foreign;
        return SmbOpening.Read(session).Evidence switch
        {
            Evidence.Foreign => Evidence.Foreign,
            Evidence.Silence or Evidence.Unfinished => Evidence.Unfinished,
            _ => Evidence.Reply,
        };
    }

    private static Evidence WeighNegative(ReadOnlySpan<byte> body, int length)
    {
        if (length != 1 || (body.Length > 0 && body[0] is < FirstErrorCode or > LastErrorCode))
            return Evidence.Foreign;
        return body.IsEmpty ? Evidence.Unfinished : Evidence.Reply;
    }
}
