using Microsoft.AspNetCore.Http.Metadata;

namespace Example.Downstream.Dialects;

/// <summary>A call is read into memory, so its body has a limit.</summary>
internal sealed class CallBody : IRequestSizeLimitMetadata
{
    public long? MaxRequestBodySize => Call.LargestBody;
}
