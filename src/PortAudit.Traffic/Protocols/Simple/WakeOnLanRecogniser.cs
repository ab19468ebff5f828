using PortAudit.Traffic.Protocols.Contract;

namespace PortAudit.Traffic.Protocols.Simple;

/// <summary>Recognises Wake-on-LAN: six bytes of ones and sixteen repetitions of a MAC address (AMD, "Magic Packet
/// Technology", publication 20213), on any port, with or without password.</summary>
internal sealed class WakeOnLanRecogniser : IRecogniser
{
    private const int AddressLength = 6;
    private const int Repetitions = 16;
    private const int MagicLength = AddressLength * (1 + Repetitions);

    /// <inheritdoc />
    public bool MayBeginWith(byte first) => first == 0xFF;

    /// <inheritdoc />
    public RecogniserAnswer Recognise(in Conversation conversation, ref Recognition recognition)
    {
        if (!SentDatagram.TryTake(conversation, out var datagram))
            return RecogniserAnswer.NoMatch;
        var passwordLength = datagram.Payload.Length - MagicLength;
        if (passwordLength is not (0 or 4 or 6) || datagram.Payload[..AddressLength].ContainsAnyExcept((byte)0xFF))
            return RecogniserAnswer.NoMatch;

        // As each address equals the previous one, all are the same.
        var addresses = datagram.Payload[AddressLength..MagicLength];
        if (!addresses[AddressLength..].SequenceEqual(addresses[..^AddressLength])
            || !addresses.ContainsAnyExcept((byte)0xFF))
            return RecogniserAnswer.NoMatch;
        recognition.Client = datagram.Sender;
        return RecogniserAnswer.Match;
    }
}
