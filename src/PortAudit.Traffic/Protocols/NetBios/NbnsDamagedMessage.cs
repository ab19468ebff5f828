using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Parts;

namespace PortAudit.Traffic.Protocols.NetBios;

/// <summary>A NetBIOS name service packet over UDP with a few damaged bytes. The encoded name, half-bytes as letters A
/// to P (RFC 1001 §14.1), is unique, so bytes around it may be wrong; a shape only, as text filled with one letter has
/// such letters, too.</summary>
internal static class NbnsDamagedMessage
{
    /// <summary>Damaged bytes tolerated around the name, of six fixed ones: length, terminator, type and
    /// class.</summary>
    private const int MaximumDamaged = 1;

    private const int TailLength = 5;
    private const byte Internet = 1;

    /// <summary>Flags that a broadcast or name server query may set: RD and B (RFC 1002 §4.2.1.1).</summary>
    private const int QueryHigh = 0x01;
    private const int QueryLow = 0x10;
    private const int ResponseBit = 0x80;

    /// <summary>Examines a datagram that is no valid packet.</summary>
    public static RecogniserAnswer Weigh(in SentDatagram datagram, ref Recognition recognition)
    {
        var payload = datagram.Payload;
        if (payload.Length < NbnsMessage.HeaderLength + 1 + NetBiosLetters.MinimumBeginning)
            return RecogniserAnswer.NoMatch;
        var question = payload[NbnsMessage.HeaderLength..];
        if (!IsWhole(question) && !(IsQuery(payload) && IsBeginning(question)))
            return RecogniserAnswer.NoMatch;
        recognition.Strength = MatchStrength.Shape;
        recognition.Client = (payload[2] & ResponseBit) != 0 ? datagram.Receiver : datagram.Sender;
        return RecogniserAnswer.Match;
    }

    /// <summary>A name without scope with few wrong letters, and nearly intact surroundings.</summary>
    private static bool IsWhole(ReadOnlySpan<byte> question)
    {
        if (question.Length < NetBiosName.EncodedLength + TailLength || !NetBiosLetters.FillLabelOf(question))
            return false;
        var tail = question[NetBiosName.EncodedLength..];
        var damaged = CountIf(question[0] != NetBiosLetters.LabelLength) + CountIf(tail[0] != 0) + CountIf(tail[1] != 0)
            + CountIf(!NbnsMessage.IsKnownType(tail[2]))
            + CountIf(tail[3] != 0) + CountIf(tail[4] != Internet);
        return damaged <= MaximumDamaged;
    }

    /// <summary>A name query header (RFC 1002 §4.2.12): one question and nothing else.</summary>
    private static bool IsQuery(ReadOnlySpan<byte> header) =>
        (header[2] & ~QueryHigh) == 0 && (header[3] & ~QueryLow) == 0
        && header[4..NbnsMessage.HeaderLength].SequenceEqual((ReadOnlySpan<byte>)[0, 1, 0, 0, 0, 0, 0, 0]);

    private static bool IsBeginning(ReadOnlySpan<byte> question) => question[0] == NetBiosLetters.LabelLength
        && NetBiosLetters.CountIn(question[..(1 + NetBiosLetters.MinimumBeginning)]) == NetBiosLetters.MinimumBeginning;

    private static int CountIf(bool isDamaged) => isDamaged ? 1 : 0;
}
