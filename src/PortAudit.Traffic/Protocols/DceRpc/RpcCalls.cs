namespace PortAudit.Traffic.Protocols.DceRpc;

/// <summary>Pending requests of a connection whose responses may announce ports, in order: a client may reuse an
/// identifier for consecutive calls.</summary>
internal sealed class RpcCalls
{
    /// <summary>Pending calls at most: if the start of a connection is read late, all requests come before the first
    /// response. The oldest are dropped.</summary>
    public const int Maximum = 64;

    private readonly List<Call> _calls = [];

    /// <summary>Adds a request.</summary>
    /// <param name="id">Its call identifier.</param>
    /// <param name="context">Its presentation context.</param>
    /// <param name="operation">The number of the operation.</param>
    /// <param name="argument">First four bytes of its stub data; null when missing.</param>
    public void Add(uint id, ushort context, ushort operation, uint? argument)
    {
        if (_calls.Count == Maximum)
            _calls.RemoveAt(0);
        _calls.Add(new Call(id, context, operation, argument));
    }

    /// <summary>Finds the request of the next response with an identifier.</summary>
    public bool TryFind(uint id, out Call call)
    {
        var index = IndexOf(id);
        call = index < 0 ? default : _calls[index];
        return index >= 0;
    }

    /// <summary>Removes that request after its response.</summary>
    public void Remove(uint id)
    {
        if (IndexOf(id) is >= 0 and var index)
            _calls.RemoveAt(index);
    }

    public void Clear() => _calls.Clear();

    private int IndexOf(uint id)
    {
        for (var i = 0; i < _calls.Count; i++)
        {
            if (_calls[i].Id == id)
                return i;
        }

        return -1;
    }

    /// <summary>A request; see <see cref="Add"/>.</summary>
    internal readonly record struct Call(uint Id, ushort Context, ushort Operation, uint? Argument);
}
