using System.Buffers.Binary;
using PortAudit.Traffic.Protocols.Contract;

namespace PortAudit.Traffic.Protocols.Tds;

/// <summary>Recognises SSRP ([MC-SQLR] 2.2) by responses and by requests with an instance name. The two one-byte
/// requests prove nothing until answered.</summary>
internal sealed class SsrpRecogniser : IRecogniser
{
    /// <summary>Longest requested instance name ([MC-SQLR] 2.2.3), in bytes.</summary>
    private const int MaximumName = 32;

    private const byte AskAllByBroadcast = 0x02;
    private const byte AskAll = 0x03;
    private const byte AskInstance = 0x04;
    private const byte Answer = 0x05;
    private const byte AskDedicatedPort = 0x0F;
    private const byte DedicatedVersion = 0x01;
    private const int AnswerHeaderLength = 3;
    private const int DedicatedAnswerLength = 6;

    private static ReadOnlySpan<byte> FirstKey => "ServerName;"u8;

    /// <inheritdoc />
    public bool MayBeginWith(byte first) => first is >= AskAllByBroadcast and <= Answer or AskDedicatedPort;

    /// <inheritdoc />
    public RecogniserAnswer Recognise(in Conversation conversation, ref Recognition recognition)
    {
        var isFromOriginator = !conversation.FromOriginator.IsEmpty;
        var bytes = isFromOriginator ? conversation.FromOriginator : conversation.FromResponder;
        if (bytes is [AskAllByBroadcast or AskAll])
            return RecogniserAnswer.NeedMoreData;
        var isAnswer = IsAnswer(bytes, conversation.IsWhole);
        var isAttack = SlammerDatagram.Is(bytes);
        if (!isAnswer && !isAttack && !IsRequest(bytes))
            return RecogniserAnswer.NoMatch;
        if (!isAnswer && !isAttack)
            recognition.Strength = MatchStrength.Shape;
        recognition.Client = isAnswer == isFromOriginator ? ClientSide.Responder : ClientSide.Originator;
        return RecogniserAnswer.Match;
    }

    /// <summary>The instance list, or the dedicated administrator connection's port ([MC-SQLR] 2.2.5, 2.2.6).</summary>
    private static bool IsAnswer(ReadOnlySpan<byte> bytes, bool isWhole)
    {
        if (bytes.Length < AnswerHeaderLength || bytes[0] != Answer)
            return false;
        var length = BinaryPrimitives.ReadUInt16LittleEndian(bytes[1..]);
        if (length == DedicatedAnswerLength)
            return bytes.Length == DedicatedAnswerLength && bytes[3] == DedicatedVersion;
        return bytes[AnswerHeaderLength..].StartsWith(FirstKey)
            && (!isWhole || length == bytes.Length - AnswerHeaderLength);
    }

    private static bool IsRequest(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [AskInstance, .. var name] => IsName(name),
        [AskDedicatedPort, DedicatedVersion, .. var name] => IsName(name),
        _ => false,
    };

    private static bool IsName(ReadOnlySpan<byte> name) =>
        name.Length is > 1 and <= MaximumName + 1 && name[^1] == 0
        && !name[..^1].ContainsAnyExceptInRange((byte)0x21, (byte)0x7E);
}
