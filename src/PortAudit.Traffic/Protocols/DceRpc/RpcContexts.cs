using PortAudit.Traffic.Protocols.Ndr;

namespace PortAudit.Traffic.Protocols.DceRpc;

/// <summary>Presentation contexts of a connection: those proposed but not answered, and of the accepted ones those with
/// a name or whose calls may announce ports.</summary>
internal sealed class RpcContexts
{
    /// <summary>Contexts at most, more than one bind has; the oldest are dropped.</summary>
    public const int Maximum = 2 * DceRpcBind.MaximumContexts;

    private readonly List<Context> _contexts = [];

    /// <summary>Call and transfer syntax of the latest context accepted without a captured proposal; null without
    /// one.</summary>
    private (uint CallId, Guid Syntax)? _unseen;

    /// <summary>Adds the contexts of a bind or alter_context. Authentication repeats them within one call ([MS-RPCE]
    /// 3.3.1.5.2): the repetition after a response names what it accepted, if the first was not captured.</summary>
    /// <returns>The interface accepted by an earlier response; null without one.</returns>
    public Guid? Propose(uint callId, DceRpcBind bind)
    {
        Guid? accepted = null;
        var contexts = new DceRpcBind.Contexts(bind);
        for (var index = 0; contexts.TryRead(out var id, out var uuid); index++)
        {
            if (_contexts.Count == Maximum)
                _contexts.RemoveAt(0);
            if (_unseen is { } unseen && unseen.CallId == callId && contexts.Offers(unseen.Syntax))
            {
                (_unseen, accepted) = (null, uuid);
                Keep(new Context(id, uuid), unseen.Syntax);
            }

            _contexts.Add(new Context(id, uuid) { CallId = callId, Index = index });
        }

        return accepted;
    }

    /// <summary>Applies a result to the oldest proposed context at an index of a bind. True when one was proposed and
    /// is accepted.</summary>
    public bool TryAccept(uint callId, int index, bool isAccepted, Guid syntax, out Guid uuid)
    {
        uuid = default;
        var found = _contexts.FindIndex(context =>
            !context.IsAccepted && context.CallId == callId && context.Index == index);
        if (found < 0)
        {
            _unseen = isAccepted ? (callId, syntax) : _unseen;
            return false;
        }

        var context = _contexts[found];
        _contexts.RemoveAt(found);
        if (!isAccepted)
            return false;
        uuid = context.Interface;
        Keep(context, syntax);
        return true;
    }

    /// <summary>Keeps an accepted context with a name or possible announcements.</summary>
    private void Keep(Context context, Guid syntax)
    {
        _contexts.RemoveAll(other => other.IsAccepted && other.Id == context.Id);
        var name = RpcInterfaces.Find(context.Interface);
        if (name is not null || RpcOperations.HasAny(context.Interface))
            _contexts.Add(context with { IsAccepted = true, Is64 = syntax == NdrSyntax.Ndr64, Name = name });
    }

    /// <summary>Removes the contexts of a refused bind.</summary>
    public void Refuse(uint callId) => _contexts.RemoveAll(context => !context.IsAccepted && context.CallId == callId);

    /// <summary>True when a request with a context may announce a port: accepted, or proposed without a response so
    /// far.</summary>
    public bool MayAnnounce(ushort id)
    {
        foreach (var context in _contexts)
        {
            if (context.Id == id && RpcOperations.HasAny(context.Interface))
                return true;
        }

        return false;
    }

    /// <summary>Finds the context of a response; false when not kept.</summary>
    public bool TryFind(ushort id, out Context found)
    {
        foreach (var context in _contexts)
        {
            found = context;
            if (context.Id == id && context.IsAccepted)
                return true;
        }

        found = default;
        return false;
    }

    public void Clear()
    {
        _contexts.Clear();
        _unseen = null;
    }

    /// <summary>A presentation context.</summary>
    /// <param name="Id">Its identifier on the connection.</param>
    /// <param name="Interface">UUID of its interface.</param>
    internal readonly record struct Context(ushort Id, Guid Interface)
    {
        /// <summary>Call identifier of the bind that proposed it.</summary>
        public uint CallId { get; init; }

        /// <summary>Its index in that bind.</summary>
        public int Index { get; init; }

        public bool IsAccepted { get; init; }

        /// <summary>True when its calls use NDR64.</summary>
        public bool Is64 { get; init; }

        /// <summary>Name of its interface, once accepted; null without one.</summary>
        public string? Name { get; init; }
    }
}
