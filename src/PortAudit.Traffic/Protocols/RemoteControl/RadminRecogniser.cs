using PortAudit.Traffic.Protocols.Contract;

namespace PortAudit.Traffic.Protocols.RemoteControl;

/// <summary>Recognises Radmin by the client's first message and the server's reply (as in nDPI; no public
/// specification): version, length, and a fixed body.</summary>
internal sealed class RadminRecogniser : TwoSidedRecogniser
{
    private const int HeadLength = 5;
    private const int BodyOfQuestion = 8;
    private const int BodyOfAnswer = 7;

    private static ReadOnlySpan<byte> Question => [1, 0, 0, 0, 1];

    private static ReadOnlySpan<byte> QuestionBody => [8, 8];

    private static ReadOnlySpan<byte> Answer => [1, 0, 0, 0, 0x25];

    private static ReadOnlySpan<byte> AnswerBody => [2, 0x12, 8, 2];

    /// <inheritdoc />
    protected override SideMatch Weigh(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeadLength)
            return Agrees(bytes, Question[..^1]) ? SideMatch.Partial : SideMatch.Mismatch;
        if (bytes.StartsWith(Question))
            return Weigh(bytes[Math.Min(bytes.Length, BodyOfQuestion)..], QuestionBody, SideMatch.Request);
        return bytes.StartsWith(Answer)
            ? Weigh(bytes[Math.Min(bytes.Length, BodyOfAnswer)..], AnswerBody, SideMatch.Reply)
            : SideMatch.Mismatch;
    }

    private static SideMatch Weigh(ReadOnlySpan<byte> rest, ReadOnlySpan<byte> body, SideMatch whole) =>
        rest.StartsWith(body) ? whole : Agrees(rest, body) ? SideMatch.Partial : SideMatch.Mismatch;

    private static bool Agrees(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> form) =>
        bytes.Length < form.Length
            ? bytes.CommonPrefixLength(form) == bytes.Length
            : bytes.StartsWith(form);
}
