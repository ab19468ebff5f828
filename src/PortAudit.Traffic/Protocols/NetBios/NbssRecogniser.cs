using System.Buffers.Binary;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Parts;
using PortAudit.Traffic.Protocols.Smb;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.NetBios;

/// <summary>Recognises a NetBIOS session by its set-up (RFC 1002 §4.3): a session request with two encoded names, or
/// its response. The session's content is a separate conversation to which the flow switches (<c>smb</c>, started as
/// <c>nbss</c>). SMB without a visible set-up is <see cref="SmbRecogniser"/>'s.</summary>
internal sealed class NbssRecogniser : IRecogniser
{
    private const byte SessionRequest = 0x81;
    private const byte PositiveResponse = 0x82;
    private const byte NegativeResponse = 0x83;
    private const byte RetargetResponse = 0x84;
    private const int HeaderLength = 4;

    /// <summary>Lowest and highest error codes: 0x80 to 0x83 and 0x8F (RFC 1002 §4.3.4).</summary>
    private const byte FirstErrorCode = 0x80;
    private const byte LastErrorCode = 0x8F;

    /// <summary>Called and calling name: without scopes, and at their longest.</summary>
    private const int NamesLength = 2 * NetBiosName.LengthWithoutScope;
    private const int MaximumNamesLength = 2 * NetBiosName.MaximumLength;

    /// <summary>A retarget has an address and a port (RFC 1002 §4.3.5).</summary>
    private const int RetargetLength = 6;

    /// <inheritdoc />
    public RecogniserAnswer Recognise(in Conversation conversation, ref Recognition recognition)
    {
        var originator = WeighSetUp(conversation.FromOriginator, out var originatorSetUp);
        var responder = WeighSetUp(conversation.FromResponder, out var responderSetUp);
        var answer = new TwoSidedMatch(originator, responder).Answer(conversation.Transport, ref recognition);
        if (answer != RecogniserAnswer.Match || IsRefusal(conversation.FromOriginator)
            || IsRefusal(conversation.FromResponder))
            return answer;
        var goesOn =
            conversation.FromOriginator.Length > originatorSetUp || conversation.FromResponder.Length > responderSetUp;
        recognition.Next = goesOn ? new ProtocolSwitch(originatorSetUp, responderSetUp, ContinuesInside: false) : null;
        recognition.WantsMore = !goesOn;
        return answer;
    }

    private static bool IsRefusal(ReadOnlySpan<byte> stream) => stream is [NegativeResponse or RetargetResponse, ..];

    /// <summary>Examines the set-up; <paramref name="length"/> is its end. A missing response is assumed positive, a
    /// header only.</summary>
    private static SideMatch WeighSetUp(ReadOnlySpan<byte> stream, out int length)
    {
        length = HeaderLength;
        if (stream.IsEmpty)
            return SideMatch.NoData;
        if (stream[0] is not (SessionRequest or PositiveResponse or NegativeResponse or RetargetResponse))
            return SideMatch.Mismatch;
        if (stream.Length < HeaderLength)
            return SideMatch.Partial;
        var bodyLength = (int)(BinaryPrimitives.ReadUInt32BigEndian(stream) & 0x00FF_FFFF);
        var body = stream[HeaderLength..];
        length = HeaderLength + bodyLength;
        return stream[0] switch
        {
            SessionRequest => WeighRequest(body, bodyLength),
            PositiveResponse => WeighPositive(body, bodyLength),
            NegativeResponse => WeighNegative(body, bodyLength),
            _ => WeighRetarget(body, bodyLength),
        };
    }

    private static SideMatch WeighRequest(ReadOnlySpan<byte> body, int length)
    {
        if (length is < NamesLength or > MaximumNamesLength)
            return SideMatch.Mismatch;
        return NetBiosName.Measure(body[..Math.Min(body.Length, length)], out _) switch
        {
            ParseError.None => SideMatch.Request,
            ParseError.Incomplete when body.Length < length => SideMatch.Partial,
            _ => SideMatch.Mismatch,
        };
    }

    /// <summary>Four bytes prove nothing until an SMB message follows.</summary>
    private static SideMatch WeighPositive(ReadOnlySpan<byte> session, int length)
    {
        if (length != 0)
            return SideMatch.Mismatch;
        return SmbOpening.Read(session).SideMatch switch
        {
            SideMatch.Mismatch => SideMatch.Mismatch,
            SideMatch.NoData or SideMatch.Partial => SideMatch.Partial,
            _ => SideMatch.Reply,
        };
    }

    private static SideMatch WeighNegative(ReadOnlySpan<byte> body, int length)
    {
        if (length != 1 || (body.Length > 0 && body[0] is < FirstErrorCode or > LastErrorCode))
            return SideMatch.Mismatch;
        return body.IsEmpty ? SideMatch.Partial : SideMatch.Reply;
    }

    private static SideMatch WeighRetarget(ReadOnlySpan<byte> body, int length)
    {
        if (length != RetargetLength)
            return SideMatch.Mismatch;
        return body.Length < length ? SideMatch.Partial : SideMatch.Reply;
    }
}
