namespace PortAudit.Traffic.Protocols.DceRpc;

/// <summary>Requests on a connection whose answers may announce ports, in their order: a client may use one identifier
/// for one call after another.</summary>
internal sealed class RpcCalls
{
    /// <summary>Calls under way at most: when the start of a connection is read late, all its requests come before its
    /// first answer. Of more the oldest are forgotten.</summary>
    public const int Maximum = 64;

    private readonly List<Call> _calls = [];

    /// <summary>Notes a request.</summary>
    /// <param name="id">Its call identifier.</param>
    /// <param name="context">Its presentation context.</param>
    /// <param name="operation">The number of the operation.</param>
    /// <param name="argument">The first four bytes of its stub data as a number; null when they are not there.</param>
    public void Add(uint id, ushort context, ushort operation, uint? argument)
    {
        if (_calls.Count == Maximum)
            _calls.RemoveAt(0);
        _calls.Add(new Call(id, context, operation, argument));
    }

    /// <summary>Finds the request that the next answer with an identifier belongs to.</summary>
    public bool TryFind(uint id, out Call call)
    {
        var place = PlaceOf(id);
        call = place < 0 ? default : _calls[place];
        return place >= 0;
    }

    /// <summary>Forgets that request: its answer is over.</summary>
    public void Remove(uint id)
    {
        if (PlaceOf(id) is >= 0 and var place)
            _calls.RemoveAt(place);
    }

    /// <summary>Forgets all requests.</summary>
    public void Clear() => _calls.Clear();

    private int PlaceOf(uint id)
    {
        for (var i = 0; i < _calls.Count; i++)
        {
            if (_calls[i].Id == id)
                return i;
        }

        return -1;
    }

    /// <summary>A request; the parameters are those of <see cref="Add"/>.</summary>
    internal readonly record struct Call(uint Id, ushort Context, ushort Operation, uint? Argument);
}
