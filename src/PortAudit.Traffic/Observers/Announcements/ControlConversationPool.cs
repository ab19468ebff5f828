using PortAudit.Traffic.Protocols;
using PortAudit.Traffic.Streams;

namespace PortAudit.Traffic.Observers.Announcements;

/// <summary>Followed conversations, pooled, with limits on their number and on their buffered bytes.</summary>
/// <param name="maximumConversations">Conversations followed at once at most.</param>
/// <param name="maximumBytes">Buffered bytes at most.</param>
internal sealed class ControlConversationPool(int maximumConversations = ControlConversationPool.MaximumConversations,
    long maximumBytes = ControlConversationPool.MaximumBytes)
{
    /// <summary>Control conversations followed at once.</summary>
    public const int MaximumConversations = 65_536;

    /// <summary>Buffered bytes of their streams.</summary>
    public const long MaximumBytes = 64L * 1024 * 1024;

    /// <summary>By registry index of the protocol plus one; null for a protocol not seen yet.</summary>
    private readonly Stack<ControlConversation>?[] _free =
        new Stack<ControlConversation>?[ProtocolRegistry.Rows.Length + 1];
    private int _rented;

    public BufferPool Buffers { get; } = new(maximumBytes);

    /// <summary>A conversation starting with the known part of its streams; null when a limit is reached.</summary>
    /// <param name="number">Registry index of its protocol plus one.</param>
    /// <param name="known">The starts of its streams; null for datagrams or when unknown.</param>
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

    /// <summary>Takes back a finished conversation and its buffers.</summary>
    public void Return(ControlConversation conversation)
    {
        conversation.Clear(Buffers);
        (_free[conversation.Number] ??= new Stack<ControlConversation>()).Push(conversation);
        _rented--;
    }
}
