using PortAudit.Traffic.Protocols.Contract;

namespace PortAudit.Traffic.Protocols.Dropbox;

/// <summary>Recognises Dropbox LAN Sync announcements over UDP: a JSON object with host number and name spaces. There
/// are no replies.</summary>
internal sealed class LanSyncRecogniser : IRecogniser
{
    /// <summary>Bytes searched for both members. The name spaces come last and are many; their member name precedes
    /// them.</summary>
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
