using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Protocols.Parts;

namespace PortAudit.Traffic.Protocols.NetBios;

/// <summary>
/// A packet of the NetBIOS name service over UDP of which a few bytes are damaged. Its encoded name, half-bytes written
/// as the letters A to P (RFC 1001 §14.1), agrees with nothing else, so that what stands around it may be wrong: in
/// shape, as text that is filled with one letter has the letters, too.
/// </summary>
internal static class NbnsDamagedMessage
{
    /// <summary>Bytes around the name that may be damaged, of the six that are fixed: its length, its closing byte,
    /// type and class.</summary>
    private const int MaximumDamaged = 1;

    private const int TailLength = 5;
    private const byte Internet = 1;

    /// <summary>What a query by broadcast or to a name server may set: RD and B (RFC 1002 §4.2.1.1).</summary>
    private const int QueryHigh = 0x01;
    private const int QueryLow = 0x10;
    private const int ResponseBit = 0x80;

    /// <summary>Weighs a datagram that is no sound packet.</summary>
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

    /// <summary>A name without a scope that is damaged in few letters, with nearly all of what stands around
    /// it.</summary>
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

    /// <summary>The header of a name query (RFC 1002 §4.2.12): one question and nothing else.</summary>
    private static bool IsQuery(ReadOnlySpan<byte> header) =>
        (header[2] & ~QueryHigh) == 0 && (header[3] & ~QueryLow) == 0
        && header[4..NbnsMessage.HeaderLength].SequenceEqual((ReadOnlySpan<byte>)[0, 1, 0, 0, 0, 0, 0, 0]);

    private static bool IsBeginning(ReadOnlySpan<byte> question) => question[0] == NetBiosLetters.LabelLength
        && NetBiosLetters.CountIn(question[..(1 + NetBiosLetters.MinimumBeginning)]) == NetBiosLetters.MinimumBeginning;

    private static int CountIf(bool isDamaged) => isDamaged ? 1 : 0;
}
