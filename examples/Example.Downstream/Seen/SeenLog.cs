namespace Example.Downstream.Seen;

/// <summary>The latest requests. The oldest go when it is full.</summary>
internal sealed class SeenLog
{
    private const int Capacity = 10_000;

    private readonly Lock _gate = new();

    private readonly Queue<SeenRequest> _requests = [];

    private long _total;

    public void Add(SeenRequest request)
    {
        lock (_gate)
        {
            _total++;
            _requests.Enqueue(request);
            if (_requests.Count > Capacity)
            {
                _requests.Dequeue();
            }
        }
    }

    /// <summary>What is remembered, oldest first, and how many there were since the log was cleared.</summary>
    public (long Total, SeenRequest[] Requests) Read()
    {
        lock (_gate)
        {
            return (_total, [.. _requests]);
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _total = 0;
            _requests.Clear();
        }
    }
}
