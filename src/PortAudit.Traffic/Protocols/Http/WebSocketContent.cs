using System.Collections.Immutable;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Traffic.Protocols.Http;

/// <summary>
/// Looks into the first messages of a WebSocket (RFC 6455 §5) for a conversation that is spoken over TCP elsewhere:
/// programs such as wstunnel and chisel carry one past firewalls.
/// </summary>
/// <param name="carried">What is looked for.</param>
internal sealed class WebSocketContent(params ImmutableArray<CarriedConversation> carried)
{
    /// <summary>Bytes of content that are looked at in each direction: a banner, or a client hello with the extension
    /// by which TLS is told.</summary>
    public const int MaximumContent = 512;

    /// <summary>Frames that are read in each direction: each of a few bytes, as terminals send them, and control
    /// frames.</summary>
    private const int MaximumFrames = 32;

    /// <summary>Adds to a recognition what the messages carry, or that more of them may tell.</summary>
    /// <param name="client">What the client sent behind its request.</param>
    /// <param name="server">What the server sent behind its answer.</param>
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

    /// <summary>Reads the content of frames one behind the other; false for what are none, or hides its
    /// content.</summary>
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
/// <param name="Service">Service of the connection that carries it: <see cref="TunnelService.InWebSocket"/> and its
/// name.</param>
/// <param name="Recogniser">Recognises it.</param>
internal readonly record struct CarriedConversation(string Service, IRecogniser Recogniser)
{
    /// <summary>A protocol by its name.</summary>
    public static CarriedConversation Of(string name, IRecogniser recogniser) =>
        new($"{TunnelService.InWebSocket}{name}", recogniser);
}
