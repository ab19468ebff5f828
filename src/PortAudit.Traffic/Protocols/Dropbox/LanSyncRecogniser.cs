using PortAudit.Traffic.Protocols.Contract;

namespace PortAudit.Traffic.Protocols.Dropbox;

/// <summary>Recognises the announcements of Dropbox LAN Sync over UDP: one JSON object with the number of the host and
/// of its name spaces. They answer nobody.</summary>
internal sealed class LanSyncRecogniser : IRecogniser
{
    /// <summary>Bytes in which both members are looked for. Name spaces come last and are many; their member's name
    /// stands before them.</summary>
    private const int MaximumSearch = 2048;

    private static ReadOnlySpan<byte> Host => "\"host_int\":"u8;

    private static ReadOnlySpan<byte> NameSpaces => "\"namespaces\":"u8;

    /// <inheritdoc />
    public bool MayBeginWith(byte first) => first == '{';

    /// <inheritdoc />
    public RecogniserAnswer Recognise(in Conversation conversation, ref Recognition recognition)
    {
        if (!SentDatagram.TryTake(conversation, out var datagram) || datagram.Payload is not [(byte)'{', (byte)'"', ..])
            return RecogniserAnswer.NoMatch;
        var text = datagram.Payload[..Math.Min(datagram.Payload.Length, MaximumSearch)];
        return text.IndexOf(Host) > 0 && text.IndexOf(NameSpaces) > 0
            ? RecogniserAnswer.Match
            : RecogniserAnswer.NoMatch;
    }
}
