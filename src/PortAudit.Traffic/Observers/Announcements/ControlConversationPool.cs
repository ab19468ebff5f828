using PortAudit.Traffic.Protocols;
using PortAudit.Traffic.Streams;

namespace PortAudit.Traffic.Observers.Announcements;

/// <summary>The conversations that are followed, within bounds on their number and on what of their streams waits to be
/// read. Those that are over are used again.</summary>
/// <param name="maximumConversations">Conversations at once at most.</param>
/// <param name="maximumBytes">What of their streams waits to be read at most, in bytes.</param>
internal sealed class ControlConversationPool(int maximumConversations = ControlConversationPool.MaximumConversations,
    long maximumBytes = ControlConversationPool.MaximumBytes)
{
    /// <summary>Control conversations followed at once.</summary>
    public const int MaximumConversations = 65_536;

    /// <summary>Bytes of their streams that wait to be read.</summary>
    public const long MaximumBytes = 64L * 1024 * 1024;

    /// <summary>By index of the protocol in the registry plus one; null for a protocol without conversations so
    /// far.</summary>
    private readonly Stack<ControlConversation>?[] _free =
        new Stack<ControlConversation>?[ProtocolRegistry.Rows.Length + 1];
    private int _rented;

    /// <summary>The buffers of their streams.</summary>
    public BufferPool Buffers { get; } = new(maximumBytes);

    /// <summary>A conversation that begins with what is known of its streams; null when a bound is reached.</summary>
    /// <param name="number">Index of its protocol, which has a tracker, in the registry plus one.</param>
    /// <param name="known">The starts of its streams; null for datagrams, and where nothing is known.</param>
    public ControlConversation? Rent(int number, StreamStart? known)
    {
        if (_rented == maximumConversations)
            return null;
        _rented++;
        var conversation = _free[number]?.TryPop(out var free) == true
            ? free
            : new ControlConversation(ProtocolRegistry.Rows[number - 1], number);
        if (known is null || (conversation.Low.TryBegin(known.Low, known.BeginOfLow, Buffers)
            && conversation.High.TryBegin(known.High, known.BeginOfHigh, Buffers)))
            return conversation;
        Return(conversation);
        return null;
    }

    /// <summary>Takes back a conversation that is over, with its buffers.</summary>
    public void Return(ControlConversation conversation)
    {
        conversation.Clear(Buffers);
        (_free[conversation.Number] ??= new Stack<ControlConversation>()).Push(conversation);
        _rented--;
    }
}
