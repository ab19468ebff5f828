using System.Collections.Immutable;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Http;

/// <summary>Examines the first messages of a WebSocket (RFC 6455 §5) for a protocol normally spoken over TCP: wstunnel,
/// chisel and others use it to bypass firewalls.</summary>
/// <param name="carried">Protocols to look for.</param>
internal sealed class WebSocketContent(params ImmutableArray<CarriedConversation> carried)
{
    /// <summary>Bytes examined per direction: a banner, or a client hello up to the extension that identifies
    /// TLS.</summary>
    public const int MaximumContent = 512;

    /// <summary>Frames read per direction: small ones, as sent by terminals, and control frames.</summary>
    private const int MaximumFrames = 32;

    /// <summary>Adds what the messages carry, or that more data may show it.</summary>
    /// <param name="client">What the client sent after its request.</param>
    /// <param name="server">What the server sent after its response.</param>
    /// <param name="recognition">What was recognised.</param>
    public void Add(ReadOnlySpan<byte> client, ReadOnlySpan<byte> server, ref Recognition recognition)
    {
        Span<byte> ofClient = stackalloc byte[MaximumContent];
        Span<byte> ofServer = stackalloc byte[MaximumContent];
        if (!TryRead(client, ofClient, out var clientLength) || !TryRead(server, ofServer, out var serverLength))
            return;
        var conversation = new Conversation(IpProtocol.Tcp, 0, 0, ofClient[..clientLength], ofServer[..serverLength],
            isWhole: true);
        foreach (var candidate in carried)
        {
            var inner = default(Recognition);
            var answer = candidate.Recogniser.Recognise(conversation, ref inner);
            recognition.WantsMore |= answer == RecogniserAnswer.NeedMoreData;
            if (answer != RecogniserAnswer.Match || inner.Strength != MatchStrength.Proof)
                continue;
            recognition.WantsMore = false;
            (recognition.Service, recognition.ServiceBasis) = (candidate.Service, IdentificationBasis.Payload);
            return;
        }
    }

    /// <summary>Reads the content of consecutive frames; false for other or hidden content.</summary>
    private static bool TryRead(ReadOnlySpan<byte> stream, Span<byte> content, out int length)
    {
        length = 0;
        for (var i = 0; i < MaximumFrames && length < content.Length; i++)
        {
            if (!WebSocketFrame.TryParse(stream, out var frame, out var error))
                return error == ParseError.Incomplete;
            if (!frame.IsControl)
                length += frame.CopyPayload(content[length..]);
            if (frame.Length >= (ulong)stream.Length)
                break;
            stream = stream[(int)frame.Length..];
        }

        return true;
    }
}

/// <summary>A protocol that a WebSocket may carry.</summary>
/// <param name="Service">Service of the carrying connection: <see cref="TunnelService.InWebSocket"/> and the
/// name.</param>
/// <param name="Recogniser">Its recogniser.</param>
internal readonly record struct CarriedConversation(string Service, IRecogniser Recogniser)
{
    /// <summary>A protocol by its name.</summary>
    public static CarriedConversation Of(string name, IRecogniser recogniser) =>
        new($"{TunnelService.InWebSocket}{name}", recogniser);
}
