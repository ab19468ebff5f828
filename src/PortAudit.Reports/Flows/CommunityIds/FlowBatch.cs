using System.Runtime.CompilerServices;
using PortAudit.Traffic.Records;

namespace PortAudit.Reports.Flows.CommunityIds;

/// <summary>A few flows whose rows are made one after the other, because their Community IDs are worked out
/// together.</summary>
internal sealed class FlowBatch
{
    private readonly FlowRecord[] _flows = new FlowRecord[CommunityId.BatchLength];
    private readonly byte[] _communityIds = new byte[CommunityId.BatchLength * CommunityId.Length];
    private bool _hasCommunityIds;

    public int Count { get; private set; }

    public bool IsFull => Count == _flows.Length;

    public FlowRecord this[int index] => _flows[index];

    public void Add(FlowRecord flow)
    {
        _flows[Count++] = flow;
        _hasCommunityIds = false;
    }

    public void Clear() => Count = 0;

    /// <summary>The Community ID of a flow in ASCII. All are worked out when the first is asked for: not every format
    /// shows them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<byte> CommunityIdOf(int index)
    {
        if (!_hasCommunityIds)
            WriteCommunityIds();
        return _communityIds.AsSpan(index * CommunityId.Length, CommunityId.Length);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void WriteCommunityIds()
    {
        CommunityId.Write(_flows.AsSpan(0, Count), _communityIds);
        _hasCommunityIds = true;
    }
}
